package io.tidegate.autoscaler.act;

import io.tidegate.autoscaler.targets.ScalePath;

/** Scale subresources of the cluster. Calls block for at most the write time-out. */
public interface ScaleApi {

    /** Reads {@code spec.replicas}. */
    Answer read(ScalePath path);

    /**
     * Sets {@code spec.replicas}, provided that it is as expected.
     *
     * @param expected what it must be for the write to happen
     * @param attempt which attempt this is
     */
    Answer write(ScalePath path, int expected, int desired, Attempt attempt);

    /** What the API server said. */
    sealed interface Answer {

        /**
         * The size there is.
         *
         * @param replicas {@code spec.replicas}
         */
        record Size(int replicas) implements Answer {}

        /**
         * Not written: the size may be another than expected, or the object changed meanwhile.
         *
         * @param message the server's words
         */
        record Disagreed(String message) implements Answer {}

        /**
         * Refused for good reasons of the server's: no rights, a quota, admission, no such object.
         *
         * @param code HTTP status
         * @param message the server's words
         */
        record Refused(int code, String message) implements Answer {}

        /**
         * Not known whether it happened.
         *
         * @param message what went wrong
         */
        record Unclear(String message) implements Answer {}
    }
}
