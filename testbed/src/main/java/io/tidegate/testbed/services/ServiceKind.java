package io.tidegate.testbed.services;

import io.tidegate.testbed.files.TestbedHome;
import io.tidegate.testbed.process.TestbedException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The services, by the name of their module, which is also that of their service account. */
public enum ServiceKind {
    TELEMETRY_COLLECTOR("telemetry-collector", true),
    POLICY_ENGINE("policy-engine", false),
    AUTOSCALER("autoscaler", true);

    private final String module;
    private final boolean talksToKubernetes;

    ServiceKind(String module, boolean talksToKubernetes) {
        this.module = module;
        this.talksToKubernetes = talksToKubernetes;
    }

    public String module() {
        return module;
    }

    boolean talksToKubernetes() {
        return talksToKubernetes;
    }

    /** The folder of the built application. */
    Path application() {
        Path application = TestbedHome.root().resolve(module).resolve("target/quarkus-app");
        if (!Files.isRegularFile(application.resolve("quarkus-run.jar"))) {
            throw new TestbedException("The service " + module + " is not built: run mvn package -pl " + module
                    + " -am (./tidegate does it).");
        }
        return application;
    }
}
