package io.tidegate.contracts.wire;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tidegate.contracts.wire.Examples.Example;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * A record that is not read.
 *
 * @param message what the reason says
 */
record Refusal(String name, EventType type, WireRecord record, String message) {

    private static final int MAX_MESSAGE = 400;

    @Override
    public String toString() {
        return name;
    }

    /** An example with one text in its body replaced. */
    static Refusal changed(String name, String example, String from, String to, String message) {
        WireRecord record = example(example);
        assertTrue(record.text().contains(from), from);
        return new Refusal(
                name, of(example).type(), record.withValue(record.text().replace(from, to)), message);
    }

    /** Why the record is not read. */
    static String reason(EventType type, WireRecord record) {
        String reason = reasonOrNull(type, record);
        assertNotNull(reason, "the record was read");
        assertTrue(isOneShortLine(reason), reason);
        return reason;
    }

    /** Why the record is not read; null if it is. */
    static @Nullable String reasonOrNull(EventType type, WireRecord record) {
        try {
            record.readAndWritten(type);
            return null;
        } catch (UnreadableRecordException e) {
            return String.valueOf(e.getMessage());
        }
    }

    static boolean isOneShortLine(String reason) {
        assertFalse(reason.contains("x".repeat(100)) || reason.contains("9".repeat(100)), reason);
        return reason.length() <= MAX_MESSAGE
                && reason.chars().noneMatch(Character::isISOControl)
                && reason.equals(new String(reason.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8));
    }

    static WireRecord example(String name) {
        return of(name).record();
    }

    private static Example of(String name) {
        return Examples.all().stream()
                .filter(example -> example.name().equals(name))
                .findFirst()
                .orElseThrow();
    }
}
