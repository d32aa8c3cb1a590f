package io.tidegate.contracts.id;

/** Checks the segments of an id, so that no id can be taken for another. */
final class IdSegments {

    private static final int SEGMENTS = 4;

    /** Kubernetes' own limit for most names. */
    private static final int MAX_LENGTH = 253;

    private IdSegments() {}

    static void check(String what, String segment) {
        if (segment.isEmpty() || segment.length() > MAX_LENGTH || segment.indexOf('/') >= 0) {
            throw new IllegalArgumentException(
                    what + " must have 1 to " + MAX_LENGTH + " characters and no '/': " + abbreviated(segment));
        }
    }

    static String[] split(String id) {
        String[] segments = id.split("/", -1);
        if (segments.length != SEGMENTS) {
            throw new IllegalArgumentException("an id has 4 segments, cluster/namespace/kind/name: " + abbreviated(id));
        }
        return segments;
    }

    private static String abbreviated(String text) {
        return text.length() <= 80 ? "'" + text + "'" : "'" + text.substring(0, 80) + "...'";
    }
}
