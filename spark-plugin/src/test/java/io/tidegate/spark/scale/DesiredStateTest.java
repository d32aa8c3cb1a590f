package io.tidegate.spark.scale;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class DesiredStateTest {
    private static final String WHOLE =
            "{\"version\":1,\"sequence\":123,\"decisionId\":\"d-1\",\"floor\":2,\"cap\":10,\"allowStageRetry\":true}";

    @Test
    void readsAWholeOne() {
        assertEquals(new DesiredState(123, 2, 10, true), DesiredState.parse(WHOLE));
    }

    @Test
    void allowsNoStageRetryUnlessAsked() {
        assertFalse(DesiredState.parse("{\"version\":1,\"sequence\":1,\"floor\":0,\"cap\":0}")
                .allowStageRetry());
    }

    @Test
    void ignoresFieldsThatItDoesNotKnow() {
        String more = WHOLE.replace("}", ",\"reason\":{\"deep\":[1,2]}}");
        assertEquals(DesiredState.parse(WHOLE), DesiredState.parse(more));
    }

    @ParameterizedTest
    @MethodSource("hostile")
    void refuses(String text, String why) {
        Exception refused = assertThrows(IllegalArgumentException.class, () -> DesiredState.parse(text));
        String message = String.valueOf(refused.getMessage());
        assertTrue(message.contains(why), message);
        assertFalse(message.contains("canary"), message);
    }

    static Stream<Arguments> hostile() {
        return Stream.of(
                Arguments.of("", "not a JSON object"),
                Arguments.of("canary", "not JSON"),
                Arguments.of("[]", "not a JSON object"),
                Arguments.of("null", "not a JSON object"),
                Arguments.of(WHOLE + "canary", "not JSON"),
                Arguments.of(WHOLE.replace("\"floor\":2", "\"floor\":2,\"floor\":3"), "not JSON"),
                Arguments.of(WHOLE.replace("\"version\":1", "\"version\":2"), "version"),
                Arguments.of(WHOLE.replace("\"version\":1,", ""), "version"),
                Arguments.of(WHOLE.replace("123", "-1"), "sequence"),
                Arguments.of(WHOLE.replace("123", "1.5"), "sequence"),
                Arguments.of(WHOLE.replace("123", "\"canary\""), "sequence"),
                Arguments.of(WHOLE.replace("123", "9223372036854775808"), "sequence"),
                Arguments.of(WHOLE.replace("123", "1e400"), "sequence"),
                Arguments.of(WHOLE.replace("\"cap\":10", "\"cap\":1"), "floor <= cap"),
                Arguments.of(WHOLE.replace("\"cap\":10", "\"cap\":2147483648"), "cap"),
                Arguments.of(WHOLE.replace("\"cap\":10", "\"cap\":100001"), "cap"),
                Arguments.of(WHOLE.replace("\"cap\":10", "\"cap\":null"), "cap"),
                Arguments.of(WHOLE.replace("\"floor\":2", "\"floor\":-1"), "floor"),
                Arguments.of(WHOLE.replace("true", "\"true\""), "allowStageRetry"),
                Arguments.of(WHOLE.replace("d-1", "canary".repeat(200)), "longer than"),
                Arguments.of(WHOLE.replace("d-1", "\u20ac".repeat(320)), "longer than"),
                Arguments.of("[".repeat(1000), "not JSON"));
    }

    @Test
    void survivesAnyText() {
        long seed = 20261122;
        Random random = new Random(seed);
        for (int i = 0; i < 20_000; i++) {
            StringBuilder text = new StringBuilder(WHOLE);
            for (int change = random.nextInt(4); change >= 0; change--) {
                text.setCharAt(
                        random.nextInt(text.length()), (char) random.nextInt(random.nextBoolean() ? 128 : 65536));
            }
            try {
                DesiredState state = DesiredState.parse(text.toString());
                assertTrue(state.floor() >= 0 && state.floor() <= state.cap(), () -> "seed " + seed + ": " + text);
            } catch (IllegalArgumentException expected) {
                assertFalse(String.valueOf(expected.getMessage()).isEmpty());
            }
        }
    }
}
