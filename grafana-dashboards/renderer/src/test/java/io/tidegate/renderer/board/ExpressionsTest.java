package io.tidegate.renderer.board;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ExpressionsTest {

    private static final Instant FROM = Instant.parse("2026-01-31T03:00:00Z");

    @Test
    void choosesAllAndFillsTheTimesIn() throws JsonProcessingException {
        assertEquals(
                "rate(a{n=~\".*\",name=~\".+\"}[20s]) + avg_over_time(b[600s]) * 600 / delta(c[5s])",
                expressions(Map.of())
                        .fill(
                                "rate(a{n=~\"$n\",name=~\"${name}\"}[$__rate_interval]) + avg_over_time(b[$__range])"
                                        + " * $__range_s / delta(c[$__interval])",
                                5));
    }

    @Test
    void takesWhatIsChosen() throws JsonProcessingException {
        assertEquals(
                "a{n=~\"one\",name=~\".+\"}", expressions(Map.of("n", "one")).fill("a{n=~\"$n\",name=~\"$name\"}", 5));
    }

    @Test
    void knowsNoOtherVariable() {
        IllegalArgumentException failure = assertThrows(
                IllegalArgumentException.class, () -> expressions(Map.of()).fill("a{b=\"$c\"}", 5));
        assertTrue(String.valueOf(failure.getMessage()).contains("no variable c "), failure.getMessage());
    }

    private static Expressions expressions(Map<String, String> chosen) throws JsonProcessingException {
        Board board = Board.of(new JsonMapper().readTree("""
                {"uid": "x", "templating": {"list": [
                  {"name": "datasource", "type": "datasource"},
                  {"name": "n", "allValue": ".*"},
                  {"name": "name", "allValue": ".+"}]}}
                """));
        return new Expressions(board, chosen, new Span(FROM, FROM.plusSeconds(600), Duration.ofSeconds(5)));
    }
}
