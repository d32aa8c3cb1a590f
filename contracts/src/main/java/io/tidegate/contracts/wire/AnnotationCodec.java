package io.tidegate.contracts.wire;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.tidegate.contracts.spark.DesiredExecutors;
import io.tidegate.contracts.spark.ExecutorsState;
import org.jspecify.annotations.Nullable;

/** The annotations of a Spark driver pod as JSON texts. What later versions add to a document is passed over. */
public final class AnnotationCodec {

    /** Longest desired state, in characters. */
    public static final int MAX_DESIRED = 1024;

    /** Longest answer of the plugin that is read, in characters; the problem that it may tell of takes most of it. */
    public static final int MAX_STATE = 4096;

    private AnnotationCodec() {}

    private record Version(@Nullable Integer version) {}

    /** The text of a desired state, at most {@value #MAX_DESIRED} characters long. */
    public static String text(DesiredExecutors desired) {
        return write(desired);
    }

    /** The text of an answer of the plugin. */
    public static String text(ExecutorsState state) {
        return write(state);
    }

    /**
     * Reads a desired state.
     *
     * @throws UnreadableRecordException whatever the text, if it is not a valid desired state; the message says why
     */
    public static DesiredExecutors desired(String text) throws UnreadableRecordException {
        return read(DesiredExecutors.ANNOTATION, text, MAX_DESIRED, DesiredExecutors.VERSION, DesiredExecutors.class);
    }

    /**
     * Reads what the plugin answers.
     *
     * @throws UnreadableRecordException whatever the text, if it is not a valid answer; the message says why
     */
    public static ExecutorsState state(String text) throws UnreadableRecordException {
        return read(ExecutorsState.ANNOTATION, text, MAX_STATE, ExecutorsState.VERSION, ExecutorsState.class);
    }

    private static String write(Object document) {
        try {
            return Json.mapper().writeValueAsString(document);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a " + document.getClass().getSimpleName() + " could not be written", e);
        }
    }

    private static <T> T read(String annotation, String text, int most, int known, Class<T> type)
            throws UnreadableRecordException {
        String name = "the annotation " + annotation;
        if (text.length() > most) {
            throw new UnreadableRecordException(
                    name + " has " + text.length() + " characters, more than " + most + " are not read");
        }
        try {
            // A document of another version may have any shape: nothing but its version may be asked of it.
            @Nullable Version version = Json.mapper().readValue(text, Version.class);
            @Nullable Integer number = version == null ? null : version.version();
            if (number == null || number != known) {
                throw new UnreadableRecordException(name + " has "
                        + (number == null ? "no version" : "version " + number) + "; this Tidegate knows version "
                        + known);
            }
            return Json.mapper().readValue(text, type);
        } catch (JsonProcessingException e) {
            // Not passed on as the cause: its own message may quote much of the text.
            throw new UnreadableRecordException(name + " is not valid: " + Problem.of(e));
        }
    }
}
