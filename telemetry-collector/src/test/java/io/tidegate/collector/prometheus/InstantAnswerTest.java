package io.tidegate.collector.prometheus;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tidegate.contracts.fact.Reading;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What answers of a Prometheus, and of what is none, are read as. */
class InstantAnswerTest {

    private static final Instant NOW = Instant.ofEpochSecond(1_800_000_000);
    private static final Duration MAX_AGE = Duration.ofMinutes(2);
    private static final String OTHERWISE = "the connection gave what the query API of a Prometheus does not give";

    record Case(String name, String body, Reading reading) {
        @Override
        public String toString() {
            return name;
        }
    }

    static Stream<Case> numbers() {
        return Stream.of(
                new Case("aScalar", data("scalar", point("42")), Reading.Value.of(42)),
                new Case("oneSeries", vector("12.5"), Reading.Value.of(12.5)),
                new Case("nothingLessThanNothing", vector("-0.25"), Reading.Value.of(-0.25)),
                new Case("anExponent", vector("1.5e+06"), Reading.Value.of(1_500_000)),
                new Case("manyDigits", vector("1" + "0".repeat(300)), Reading.Value.of(1e300)),
                new Case("aTimeWithFractions", data("scalar", "[1799999999.781,\"3\"]"), Reading.Value.of(3)),
                new Case(
                        "warnings",
                        vector("7").replace("{\"status\"", "{\"warnings\":[\"truncated\"],\"status\""),
                        Reading.Value.of(7)));
    }

    static Stream<Case> gaps() {
        String more = series("1") + "," + series("2");
        return Stream.of(
                gap("noSeries", data("vector", "[]"), "the query gives no series"),
                gap(
                        "severalSeries",
                        data("vector", "[" + more + "]"),
                        "the query gives several series; let it give one, such as by sum() or max()"),
                gap("notANumber", vector("NaN"), "the query gives NaN"),
                gap("infinity", vector("+Inf"), "the query gives +Inf"),
                gap("lessThanAll", data("scalar", point("-Inf")), "the query gives -Inf"),
                gap("beyondADouble", vector("1e999"), "the query gives a number beyond all that can be counted"),
                gap("aRange", data("matrix", "[]"), "the query gives a range of numbers, not one"),
                gap("aText", data("string", point("x")), "the query gives a text, not a number"),
                gap(
                        "aHistogram",
                        data("vector", "[{\"metric\":{},\"histogram\":[1800000000,{\"count\":\"1\"}]}]"),
                        "the query gives a histogram, not a number"),
                gap("anOldAnswer", data("scalar", "[1799999879.9,\"3\"]"), "the answer is dated more than 2m ago"),
                gap(
                        "anAnswerOfTheFuture",
                        data("scalar", "[1800000120.1,\"3\"]"),
                        "the answer is dated more than 2m ahead of the collector's clock"));
    }

    static Stream<Case> refusals() {
        return Stream.of(
                refusal("bad_data", "the Prometheus can't read the query; try it on its own page"),
                refusal("timeout", "the Prometheus gave the query up, which took too long"),
                refusal("canceled", "the Prometheus gave the query up, which took too long"),
                refusal("execution", "the Prometheus can't carry the query out; try it on its own page"),
                refusal("internal", "the Prometheus has an error of its own"),
                refusal("<script>", "the Prometheus refuses the query"));
    }

    @ParameterizedTest
    @MethodSource({"numbers", "gaps", "refusals"})
    void reads(Case one) {
        assertEquals(one.reading(), read(one.body()));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "null",
                "42",
                "[]",
                "<html>login</html>",
                "{}",
                "{\"status\":\"success\"}",
                "{\"status\":\"success\",\"data\":null}",
                "{\"status\":\"success\",\"data\":{\"resultType\":\"vector\"}}",
                "{\"status\":\"success\",\"data\":{\"resultType\":\"vector\",\"result\":{}}}",
                "{\"status\":\"success\",\"data\":{\"resultType\":\"vector\",\"result\":[null]}}",
                "{\"status\":\"success\",\"data\":{\"resultType\":\"vector\",\"result\":[{\"value\":[1]}]}}",
                "{\"status\":\"success\",\"data\":{\"resultType\":\"scalar\",\"result\":[1800000000,3]}}",
                "{\"status\":\"success\",\"data\":{\"resultType\":\"scalar\",\"result\":[\"1800000000\",\"3\"]}}",
                "{\"status\":\"success\",\"data\":{\"resultType\":\"scalar\",\"result\":[1800000000,\"3\",\"4\"]}}",
                "{\"status\":\"success\",\"data\":{\"resultType\":\"scalar\",\"result\":[1800000000,\"0x10\"]}}",
                "{\"status\":\"success\",\"data\":{\"resultType\":\"scalar\",\"result\":[1800000000,\"3d\"]}}",
                "{\"status\":\"success\",\"data\":{\"resultType\":\"scalar\",\"result\":[1800000000,\" 3\"]}}",
                "{\"status\":\"success\",\"data\":{\"resultType\":\"scalar\",\"result\":[1800000000,\"\"]}}",
                "{\"status\":\"success\",\"data\":{\"resultType\":\"table\",\"result\":[1800000000,\"3\"]}}",
                "{\"status\":\"success\",\"status\":\"success\",\"data\":{\"resultType\":\"scalar\",\"result\":[1800000000,\"3\"]}}",
                "{\"status\":\"success\",\"data\":{\"resultType\":\"scalar\",\"result\":[1800000000,\"3\"]}} trailing"
            })
    void refusesWhatAPrometheusDoesNotSay(String body) {
        assertEquals(new Reading.Failed(OTHERWISE), read(body));
        assertEquals(Optional.empty(), InstantAnswer.refusal(body.getBytes(StandardCharsets.UTF_8)));
    }

    @Test
    void refusesWhatIsNestedDeeplyOrIsEndless() {
        String deep = data("vector", "[".repeat(400) + "]".repeat(400));
        String wide = data("scalar", point("1".repeat(60_000)));
        String digits = data("scalar", "[" + "1".repeat(4_000) + ",\"3\"]");
        for (String body : List.of(deep, wide, digits)) {
            assertEquals(new Reading.Failed(OTHERWISE), read(body));
        }
    }

    /** What is cut off, or has a wrong byte in it, is never a number that was not there. */
    @Test
    void takesNoNumberFromABrokenAnswer() {
        byte[] whole = vector("12.5").getBytes(StandardCharsets.UTF_8);
        for (int length = 0; length < whole.length; length++) {
            Reading reading = InstantAnswer.read(Arrays.copyOf(whole, length), MAX_AGE, NOW);
            assertInstanceOf(Reading.Failed.class, reading, "cut to " + length);
        }
        long seed = 7;
        Random random = new Random(seed);
        for (int i = 0; i < 5_000; i++) {
            byte[] broken = whole.clone();
            broken[random.nextInt(broken.length)] = (byte) random.nextInt(256);
            Reading reading = InstantAnswer.read(broken, MAX_AGE, NOW);
            boolean harmless = reading instanceof Reading.Failed || reading instanceof Reading.Value;
            assertTrue(harmless, "seed " + seed + ", number " + i);
        }
    }

    @Test
    void repeatsNothingOfAnAnswer() {
        String secret = "s3cr3t";
        for (String body : List.of(
                secret,
                "{\"status\":\"error\",\"errorType\":\"" + secret + "\",\"error\":\"" + secret + "\"}",
                data("scalar", point(secret)),
                data(secret, "[]"))) {
            assertFalse(read(body).toString().contains(secret), body);
        }
    }

    private static Case gap(String name, String body, String why) {
        return new Case(name, body, Reading.Value.unknown(why));
    }

    private static Case refusal(String errorType, String why) {
        return new Case(
                errorType,
                "{\"status\":\"error\",\"errorType\":\"" + errorType + "\",\"error\":\"x\"}",
                new Reading.Failed(why));
    }

    private static String vector(String value) {
        return data("vector", "[" + series(value) + "]");
    }

    private static String series(String value) {
        return "{\"metric\":{\"job\":\"a\"},\"value\":" + point(value) + "}";
    }

    private static String point(String value) {
        return "[1800000000,\"" + value + "\"]";
    }

    private static String data(String type, String result) {
        return "{\"status\":\"success\",\"data\":{\"resultType\":\"" + type + "\",\"result\":" + result + "}}";
    }

    private static Reading read(String body) {
        return InstantAnswer.read(body.getBytes(StandardCharsets.UTF_8), MAX_AGE, NOW);
    }
}
