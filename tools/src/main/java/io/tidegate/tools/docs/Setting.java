package io.tidegate.tools.docs;

/**
 * One setting of a service.
 *
 * @param key full key, such as {@code tidegate.lag.period}
 * @param type Java type, as written in the source
 * @param defaultValue default; empty if it has none
 * @param description what it means, one paragraph
 */
record Setting(String key, String type, String defaultValue, String description) {

    /** The environment variable that sets it: letters and digits in upper case, all else an underscore. */
    String environmentVariable() {
        return key.replaceAll("[^A-Za-z0-9]", "_").toUpperCase(java.util.Locale.ROOT);
    }

    boolean optional() {
        return type.startsWith("Optional") || type.startsWith("Map");
    }
}
