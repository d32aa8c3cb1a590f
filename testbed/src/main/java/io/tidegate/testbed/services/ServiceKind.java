package io.tidegate.testbed.services;

import io.tidegate.testbed.files.TestbedHome;
import io.tidegate.testbed.process.TestbedException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The services. */
public enum ServiceKind {
    TELEMETRY_COLLECTOR("telemetry-collector", "tidegate-collector", true),
    POLICY_ENGINE("policy-engine", "tidegate-engine", false),
    AUTOSCALER("autoscaler", "tidegate-autoscaler", true);

    private final String module;
    private final String serviceAccount;
    private final boolean talksToKubernetes;

    ServiceKind(String module, String serviceAccount, boolean talksToKubernetes) {
        this.module = module;
        this.serviceAccount = serviceAccount;
        this.talksToKubernetes = talksToKubernetes;
    }

    public String module() {
        return module;
    }

    String serviceAccount() {
        return serviceAccount;
    }

    boolean talksToKubernetes() {
        return talksToKubernetes;
    }

    /** The folder of the built application. */
    public Path application() {
        Path application = TestbedHome.root().resolve(module).resolve("target/quarkus-app");
        if (!Files.isRegularFile(application.resolve("quarkus-run.jar"))) {
            throw new TestbedException("The service " + module + " is not built: run mvn package -pl " + module
                    + " -am (./tidegate does it).");
        }
        return application;
    }
}
