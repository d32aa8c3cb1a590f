package io.tidegate.spark;

import java.util.Set;

/** The versions of Spark that the plugin was built and tried with. Its allocator leans on parts that Spark may change. */
final class SupportedSpark {
    private static final Set<String> MINORS = Set.of("3.5", "4.0", "4.1");

    private SupportedSpark() {}

    static boolean includes(String version) {
        String[] parts = version.split("\\.", 3);
        return parts.length == 3 && MINORS.contains(parts[0] + "." + parts[1]);
    }
}
