package io.tidegate.autoscaler.targets;

/**
 * Where a scale subresource is. Every part is checked, since they come from a topic and become a URL.
 *
 * @param apiVersion group and version, such as {@code apps/v1}; {@code v1} for the core group
 * @param plural resource name, such as {@code deployments}
 * @param namespace namespace
 * @param name name of the object
 */
public record ScalePath(String apiVersion, String plural, String namespace, String name) implements Lever {

    public ScalePath {
        PathParts.check(
                PathParts.API_VERSION, "scale.apiVersion", apiVersion, PathParts.MAX_NAME + 1 + PathParts.MAX_LABEL);
        PathParts.check(PathParts.LABEL, "scale.plural", plural, PathParts.MAX_LABEL);
        PathParts.check(PathParts.LABEL, "namespace", namespace, PathParts.MAX_LABEL);
        PathParts.check(PathParts.SUBDOMAIN, "name", name, PathParts.MAX_NAME);
    }

    /** The path on the API server. */
    public String path() {
        String group = apiVersion.indexOf('/') < 0 ? "/api/" : "/apis/";
        return group + apiVersion + "/namespaces/" + namespace + "/" + plural + "/" + name + "/scale";
    }
}
