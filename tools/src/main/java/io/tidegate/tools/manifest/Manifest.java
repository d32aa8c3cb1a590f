package io.tidegate.tools.manifest;

/**
 * One object of a file.
 *
 * @param file as it was named by who asked
 * @param document number of the YAML document in the file, from 1
 */
public record Manifest(String file, int document, Value.Mapping content) {

    public String apiVersion() {
        return content.text("apiVersion");
    }

    /** Group of the API; empty for the core group. */
    public String group() {
        return groupOf(apiVersion());
    }

    public String kind() {
        return content.text("kind");
    }

    public String name() {
        return content.text("metadata", "name");
    }

    /** Empty where the manifest leaves it to who applies it. */
    public String namespace() {
        return content.text("metadata", "namespace");
    }

    /** Kind, namespace and name, for people. */
    public String title() {
        String name = name().isEmpty() ? "without a name" : name();
        return kind() + " " + (namespace().isEmpty() ? name : namespace() + "/" + name);
    }

    public static String groupOf(String apiVersion) {
        int slash = apiVersion.indexOf('/');
        return slash < 0 ? "" : apiVersion.substring(0, slash);
    }
}
