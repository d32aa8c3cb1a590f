package io.tidegate.autoscaler.targets;

import java.util.regex.Pattern;

/** Checks what comes from a topic and becomes part of a URL. */
final class PathParts {

    static final int MAX_NAME = 253;
    static final int MAX_LABEL = 63;
    static final Pattern API_VERSION = Pattern.compile("([a-z0-9]([-a-z0-9.]{0,251}[a-z0-9])?/)?v[0-9][a-z0-9]{0,61}");
    static final Pattern LABEL = Pattern.compile("[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?");
    static final Pattern SUBDOMAIN = Pattern.compile("[a-z0-9]([-a-z0-9.]{0,251}[a-z0-9])?");

    private static final Pattern UID = Pattern.compile("[-A-Za-z0-9]{1,64}");
    private static final int MAX_UID = 64;

    private PathParts() {}

    static void checkUid(String what, String value) {
        check(UID, what, value, MAX_UID);
    }

    static void check(Pattern pattern, String what, String value, int maxLength) {
        if (value.length() > maxLength || !pattern.matcher(value).matches()) {
            throw new IllegalArgumentException(what + " can't be part of a path of the API server");
        }
    }
}
