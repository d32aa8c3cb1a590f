package io.tidegate.autoscaler.targets;

/**
 * The driver pod of a Spark application. Every part is checked, since they come from a topic and become a URL and a patch.
 *
 * @param namespace namespace
 * @param pod name of the pod
 * @param uid its uid; another pod of that name is not meant
 */
public record DriverPath(String namespace, String pod, String uid) implements Lever {

    public DriverPath {
        PathParts.check(PathParts.LABEL, "namespace", namespace, PathParts.MAX_LABEL);
        PathParts.check(PathParts.SUBDOMAIN, "driver.pod", pod, PathParts.MAX_NAME);
        PathParts.checkUid("driver.uid", uid);
    }

    /** The path on the API server. */
    public String path() {
        return "/api/v1/namespaces/" + namespace + "/pods/" + pod;
    }
}
