package io.tidegate.images;

import com.google.cloud.tools.jib.api.buildplan.FileEntriesLayer;
import io.tidegate.testbed.services.ServiceKind;
import io.tidegate.testbed.services.ServiceProcess;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Where things lie in an image, and what it is run with. Paths are relative to its root. */
final class ImageLayout {

    static final String JAVA = "opt/java";
    static final String APPLICATION = "opt/tidegate";
    static final String JAR = APPLICATION + "/quarkus-run.jar";
    static final String AOT_CACHE = APPLICATION + "/classes.aot";

    /** The engine's local copy of its state; a volume in a cluster. */
    static final String STATE = "var/lib/tidegate";

    /** The user that needs no entry anywhere; nothing but {@link #STATE} is its own, so any other serves as well. */
    static final int USER = 65_532;

    static final int PORT = 8080;

    /** Of all files: an AOT cache fits only jars and a runtime of the size and time that they had when it was made. */
    static final Instant MODIFIED = FileEntriesLayer.DEFAULT_MODIFICATION_TIME;

    private ImageLayout() {}

    /** A JVM that finds no cache, or one that doesn't fit, says so and starts without it: AOTMode is auto unless set. */
    static List<String> entryPoint(ServiceKind kind) {
        List<String> command = new ArrayList<>(List.of("/" + JAVA + "/bin/java", "-XX:AOTCache=/" + AOT_CACHE));
        ServiceProcess.jvmOptions(kind).stream().filter(ImageLayout::isProperty).forEach(command::add);
        command.addAll(List.of("-jar", "/" + JAR));
        return List.copyOf(command);
    }

    /** Options of the JVM stand in a variable, since those of a command line could not be replaced by the chart's. */
    static Map<String, String> environment(ServiceKind kind) {
        Map<String, String> environment = new TreeMap<>();
        environment.put(
                "JDK_JAVA_OPTIONS",
                ServiceProcess.jvmOptions(kind).stream()
                        .filter(option -> !isProperty(option))
                        .collect(Collectors.joining(" ")));
        environment.put("LANG", "C.UTF-8");
        if (kind == ServiceKind.POLICY_ENGINE) {
            environment.put("TIDEGATE_STATE_DIR", "/" + STATE);
        }
        return environment;
    }

    private static boolean isProperty(String option) {
        return option.startsWith("-D");
    }
}
