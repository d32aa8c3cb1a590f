package io.tidegate.tools.schema;

/**
 * One thing that the API server would refuse.
 *
 * @param path of the field, such as {@code spec.signals[0].name}; empty for the object as a whole
 * @param message in the words of the API server
 * @param advice what to do, in ours
 * @param line where it stands, from 1
 */
public record Violation(Kind kind, String path, String message, String advice, int line) {

    /** What is wrong. */
    public enum Kind {
        UNKNOWN_FIELD,
        REQUIRED,
        TYPE,
        NOT_SUPPORTED,
        TOO_LONG,
        TOO_MANY,
        DUPLICATE,
        INVALID,
        RULE,
        /** A rule that could not be evaluated here, so that only the API server can tell. */
        NOT_CHECKED;

        /** Whether the API server looks at no rule before this is mended. */
        boolean blocksRules() {
            return switch (this) {
                case UNKNOWN_FIELD, REQUIRED, TYPE, NOT_SUPPORTED, TOO_LONG, TOO_MANY -> true;
                case DUPLICATE, INVALID, RULE, NOT_CHECKED -> false;
            };
        }
    }
}
