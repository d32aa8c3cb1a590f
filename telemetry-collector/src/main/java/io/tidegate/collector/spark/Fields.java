package io.tidegate.collector.spark;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The fields of a JSON object, each taken by its name; what is not asked for is never looked at. */
final class Fields {

    private static final int MOST_OF_A_TIME = 40;

    private final JsonNode node;
    private final String path;

    private Fields(JsonNode node, String path) {
        this.node = node;
        this.path = path;
    }

    /** What is there is not what must be there. The message names the field and what it must be, never what it is. */
    static final class WrongFieldException extends Exception {
        private static final long serialVersionUID = 1L;

        WrongFieldException(String field, String mustBe) {
            super(field + " must be " + mustBe);
        }
    }

    /**
     * @param name of the whole, for errors
     */
    static Fields of(JsonNode node, String name) throws WrongFieldException {
        if (!node.isObject()) {
            throw new WrongFieldException(name, "an object");
        }
        return new Fields(node, "");
    }

    /** The error that a field is in. */
    WrongFieldException wrong(String name, String mustBe) {
        return new WrongFieldException(path + name, mustBe);
    }

    boolean has(String name) {
        return node.hasNonNull(name);
    }

    /** A whole number from 0 on. */
    long amount(String name, long most) throws WrongFieldException {
        JsonNode value = node.path(name);
        if (!value.isIntegralNumber()
                || !value.canConvertToLong()
                || value.longValue() < 0
                || value.longValue() > most) {
            throw wrong(name, "a whole number from 0 to " + most);
        }
        return value.longValue();
    }

    @Nullable
    Long amountIfThere(String name, long most) throws WrongFieldException {
        return has(name) ? (Long) amount(name, most) : null;
    }

    int count(String name) throws WrongFieldException {
        return (int) amount(name, Integer.MAX_VALUE);
    }

    int countFromOne(String name) throws WrongFieldException {
        int count = count(name);
        if (count < 1) {
            throw wrong(name, "a whole number from 1 to " + Integer.MAX_VALUE);
        }
        return count;
    }

    @Nullable
    Integer countIfThere(String name) throws WrongFieldException {
        return has(name) ? (Integer) count(name) : null;
    }

    /** A finite number from 0 on. */
    @Nullable
    Double decimalIfThere(String name) throws WrongFieldException {
        if (!has(name)) {
            return null;
        }
        JsonNode value = node.path(name);
        if (!value.isNumber() || !Double.isFinite(value.doubleValue()) || value.doubleValue() < 0) {
            throw wrong(name, "a number from 0 on");
        }
        return value.doubleValue();
    }

    boolean flag(String name) throws WrongFieldException {
        JsonNode value = node.path(name);
        if (!value.isBoolean()) {
            throw wrong(name, "true or false");
        }
        return value.booleanValue();
    }

    /** A text of a form. */
    String text(String name, Pattern form, String mustBe) throws WrongFieldException {
        JsonNode value = node.path(name);
        if (!value.isTextual() || !form.matcher(value.textValue()).matches()) {
            throw wrong(name, mustBe);
        }
        return value.textValue();
    }

    /** A time with a year of four digits. */
    Instant time(String name) throws WrongFieldException {
        String mustBe = "a time such as 2026-01-02T03:04:05Z";
        JsonNode value = node.path(name);
        String text = value.isTextual() ? value.textValue() : "";
        if (text.length() < 20 || text.length() > MOST_OF_A_TIME || text.charAt(4) != '-') {
            throw wrong(name, mustBe);
        }
        try {
            return Instant.parse(text);
        } catch (DateTimeException e) {
            throw wrong(name, mustBe);
        }
    }

    Fields object(String name) throws WrongFieldException {
        if (!node.path(name).isObject()) {
            throw wrong(name, "an object");
        }
        return new Fields(node.path(name), path + name + ".");
    }

    /** A list of objects. */
    List<Fields> objects(String name, int most) throws WrongFieldException {
        List<Fields> objects = new ArrayList<>();
        for (JsonNode entry : list(name, most)) {
            String entryPath = path + name + "[" + objects.size() + "]";
            if (!entry.isObject()) {
                throw new WrongFieldException(entryPath, "an object");
            }
            objects.add(new Fields(entry, entryPath + "."));
        }
        return objects;
    }

    /** A list of whole numbers from 0 on. */
    List<Integer> counts(String name, int most) throws WrongFieldException {
        List<Integer> counts = new ArrayList<>();
        for (JsonNode entry : list(name, most)) {
            if (!entry.isIntegralNumber() || !entry.canConvertToInt() || entry.intValue() < 0) {
                throw wrong(name + "[" + counts.size() + "]", "a whole number from 0 to " + Integer.MAX_VALUE);
            }
            counts.add(entry.intValue());
        }
        return counts;
    }

    private JsonNode list(String name, int most) throws WrongFieldException {
        JsonNode list = node.path(name);
        if (!list.isArray() || list.size() > most) {
            throw wrong(name, "a list of at most " + most + " entries");
        }
        return list;
    }
}
