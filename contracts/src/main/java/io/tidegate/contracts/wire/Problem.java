package io.tidegate.contracts.wire;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonMappingException.Reference;
import com.fasterxml.jackson.databind.exc.InvalidFormatException;
import com.fasterxml.jackson.databind.exc.InvalidTypeIdException;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import com.fasterxml.jackson.databind.exc.ValueInstantiationException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Says in one line what is wrong with a record, with at most a glimpse of what it holds. */
final class Problem {

    private static final int MAX_TEXT = 100;
    private static final int MAX_FOREIGN = 180;
    private static final int MAX_MESSAGE = 300;

    private Problem() {}

    /** A text of unknown origin, made fit for a line of a log: short, and without control characters. */
    static String quoted(String text) {
        return "'" + Excerpt.line(text, MAX_TEXT - 3) + "'";
    }

    /** A message that may repeat a text of unknown origin, made fit for a line of a log. */
    static String line(@Nullable String message) {
        return Excerpt.line(String.valueOf(message), MAX_MESSAGE);
    }

    /** What is wrong with a body, and where. Jackson's own words are used only where they can't hold a value at length. */
    static String of(JsonProcessingException problem) {
        String where = problem instanceof JsonMappingException mapping ? path(mapping.getPath()) : "";
        String what = switch (problem) {
            case InvalidFormatException format ->
                "not a valid " + simpleName(format.getTargetType()) + ": " + quoted(String.valueOf(format.getValue()));
            case InvalidTypeIdException type -> "not a kind that is known: " + quoted(String.valueOf(type.getTypeId()));
            case ValueInstantiationException refused -> refusal(refused);
            case MismatchedInputException mismatch ->
                where.isEmpty()
                        ? "not one JSON object"
                        : "missing or not a valid " + simpleName(mismatch.getTargetType());
            default -> Excerpt.line(problem.getOriginalMessage(), MAX_FOREIGN);
        };
        return Excerpt.line(where.isEmpty() ? what : "at " + where + ": " + what, MAX_MESSAGE);
    }

    private static String simpleName(@Nullable Class<?> type) {
        return type == null ? "value" : type.getSimpleName();
    }

    /** What a record's own check said; Jackson wraps it. */
    private static String refusal(ValueInstantiationException refused) {
        Throwable cause = refused.getCause();
        return switch (cause) {
            case IllegalArgumentException invalid -> String.valueOf(invalid.getMessage());
            case NullPointerException missing ->
                missing.getMessage() == null ? "a list holds a null" : "a value is missing: " + missing.getMessage();
            case null, default ->
                "not a valid " + refused.getType().getRawClass().getSimpleName();
        };
    }

    private static String path(List<Reference> references) {
        StringBuilder path = new StringBuilder();
        for (Reference reference : references) {
            @Nullable String field = reference.getFieldName();
            if (field == null) {
                path.append('[').append(reference.getIndex()).append(']');
            } else {
                path.append(path.isEmpty() ? "" : ".").append(field);
            }
        }
        return path.toString();
    }
}
