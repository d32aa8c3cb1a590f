package io.tidegate.contracts.id;

/** Checks the segments of an id, so that no id can be taken for another. */
final class IdSegments {

    private static final int SEGMENTS = 4;

    /** Kubernetes' own limit for most names. */
    private static final int MAX_LENGTH = 253;

    private IdSegments() {}

    static void check(String what, String segment) {
        if (segment.isEmpty() || segment.length() > MAX_LENGTH || !isAllowed(segment)) {
            throw new IllegalArgumentException(what + " must have 1 to " + MAX_LENGTH
                    + " visible ASCII characters, none of them '/': " + abbreviated(segment));
        }
    }

    static String[] split(String id) {
        String[] segments = id.split("/", -1);
        if (segments.length != SEGMENTS) {
            throw new IllegalArgumentException("an id has 4 segments, cluster/namespace/kind/name: " + abbreviated(id));
        }
        return segments;
    }

    static String abbreviated(String text) {
        return text.length() <= 80 ? "'" + text + "'" : "'" + text.substring(0, 80) + "...'";
    }

    /** All of Kubernetes' names; what else there is could hide in a log line or not survive a trip through UTF-8. */
    private static boolean isAllowed(String segment) {
        for (int i = 0; i < segment.length(); i++) {
            char character = segment.charAt(i);
            if (character <= ' ' || character >= 0x7f || character == '/') {
                return false;
            }
        }
        return true;
    }

    /** Names that count up differ in their last bytes only; unlike the sum that a record makes, this keeps them apart. */
    static int hash(String namespace, String name) {
        int hash = 0x9e3779b9 * namespace.hashCode() + 0x85ebca6b * name.hashCode();
        return hash ^ (hash >>> 15);
    }
}
