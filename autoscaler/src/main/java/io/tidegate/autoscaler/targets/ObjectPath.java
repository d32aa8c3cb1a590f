package io.tidegate.autoscaler.targets;

/**
 * Where an object of a namespace is.
 *
 * @param apiVersion group and version
 * @param plural resource name
 * @param namespace namespace
 * @param name name of the object
 */
public record ObjectPath(String apiVersion, String plural, String namespace, String name) {

    public ObjectPath {
        PathParts.check(PathParts.API_VERSION, "apiVersion", apiVersion, PathParts.MAX_NAME + 1 + PathParts.MAX_LABEL);
        PathParts.check(PathParts.LABEL, "plural", plural, PathParts.MAX_LABEL);
        PathParts.check(PathParts.LABEL, "namespace", namespace, PathParts.MAX_LABEL);
        PathParts.check(PathParts.SUBDOMAIN, "name", name, PathParts.MAX_NAME);
    }

    /** The path on the API server. */
    public String path() {
        String group = apiVersion.indexOf('/') < 0 ? "/api/" : "/apis/";
        return group + apiVersion + "/namespaces/" + namespace + "/" + plural + "/" + name;
    }
}
