package io.tidegate.autoscaler.act;

import io.tidegate.autoscaler.targets.TemplatePath;

/** Templates of recurring Spark applications. Calls block for at most the write time-out. */
public interface TemplateApi {

    /** Reads what the template says of executors. */
    Answer read(TemplatePath path);

    /**
     * Writes it, provided that the object is as it was read.
     *
     * @param expected what was read
     * @param attempt which attempt this is
     */
    Answer write(TemplatePath path, Answer.Present expected, RunSize desired, Attempt attempt);

    /** What the API server said. */
    sealed interface Answer {

        /**
         * The object is there.
         *
         * @param size what its template says
         * @param dynamic whether its runs have dynamic allocation
         * @param version resource version of the object
         */
        record Present(RunSize size, boolean dynamic, String version) implements Answer {}

        /**
         * The object is gone, or another has its name.
         *
         * @param message which of these
         */
        record Gone(String message) implements Answer {}

        /**
         * Not written: the object has changed since it was read.
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
