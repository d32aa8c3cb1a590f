package io.tidegate.autoscaler.act;

import io.tidegate.autoscaler.targets.DriverPath;
import io.tidegate.contracts.spark.DesiredExecutors;
import org.jspecify.annotations.Nullable;

/** Driver pods of the cluster, and the annotation by which executors are asked of them. Calls block for at most the write time-out. */
public interface DriverApi {

    /** Reads the annotation. */
    Answer read(DriverPath path);

    /**
     * Writes the annotation, provided that the pod is the one that is meant and its annotation is as it was read.
     *
     * @param expected what was read
     * @param attempt which attempt this is
     */
    Answer write(DriverPath path, Answer.Present expected, DesiredExecutors desired, Attempt attempt);

    /** What the API server said. */
    sealed interface Answer {

        /**
         * The pod is there and has not finished.
         *
         * @param annotation text of the annotation; null if it has none
         * @param annotated whether the pod has any annotation at all
         */
        record Present(@Nullable String annotation, boolean annotated) implements Answer {}

        /**
         * There is nobody to ask: the pod is gone, is another one, or has finished.
         *
         * @param message which of these
         */
        record Gone(String message) implements Answer {}

        /**
         * Not written: the annotation is another than was read, or the pod is another.
         *
         * @param message the server's words
         */
        record Disagreed(String message) implements Answer {}

        /**
         * Refused for good reasons of the server's: no rights, admission.
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
