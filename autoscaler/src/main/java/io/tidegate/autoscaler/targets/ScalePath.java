package io.tidegate.autoscaler.targets;

import java.util.regex.Pattern;

/**
 * Where a scale subresource is. Every part is checked, since they come from a topic and become a URL.
 *
 * @param apiVersion group and version, such as {@code apps/v1}; {@code v1} for the core group
 * @param plural resource name, such as {@code deployments}
 * @param namespace namespace
 * @param name name of the object
 */
public record ScalePath(String apiVersion, String plural, String namespace, String name) {

    private static final int MAX_NAME = 253;
    private static final int MAX_LABEL = 63;
    private static final Pattern API_VERSION =
            Pattern.compile("([a-z0-9]([-a-z0-9.]{0,251}[a-z0-9])?/)?v[0-9][a-z0-9]{0,61}");
    private static final Pattern LABEL = Pattern.compile("[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?");
    private static final Pattern SUBDOMAIN = Pattern.compile("[a-z0-9]([-a-z0-9.]{0,251}[a-z0-9])?");

    public ScalePath {
        check(API_VERSION, "scale.apiVersion", apiVersion, MAX_NAME + 1 + MAX_LABEL);
        check(LABEL, "scale.plural", plural, MAX_LABEL);
        check(LABEL, "namespace", namespace, MAX_LABEL);
        check(SUBDOMAIN, "name", name, MAX_NAME);
    }

    /** The path on the API server. */
    public String path() {
        String group = apiVersion.indexOf('/') < 0 ? "/api/" : "/apis/";
        return group + apiVersion + "/namespaces/" + namespace + "/" + plural + "/" + name + "/scale";
    }

    private static void check(Pattern pattern, String what, String value, int maxLength) {
        if (value.length() > maxLength || !pattern.matcher(value).matches()) {
            throw new IllegalArgumentException(what + " can't be part of a path of the API server");
        }
    }
}
