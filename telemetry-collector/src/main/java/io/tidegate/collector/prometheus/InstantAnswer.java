package io.tidegate.collector.prometheus;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.tidegate.contracts.fact.Reading;
import io.tidegate.contracts.wire.KubernetesDuration;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * What the instant query API of a Prometheus answers. An answer is untrusted: one number of it is taken, and its words are not
 * repeated.
 */
final class InstantAnswer {

    /** Bytes that are taken of an answer; one series with all its labels is far below. */
    static final int MOST_BYTES = 1 << 16;

    private static final int MOST_DEPTH = 16;
    private static final int MOST_NUMBER = 40;

    /** As Prometheus writes numbers: without an exponent, so up to 309 digits, and as many behind the point. */
    private static final Pattern NUMBER = Pattern.compile("[+-]?[0-9]{1,330}(\\.[0-9]{1,400})?([eE][+-]?[0-9]{1,3})?");

    private static final Set<String> NO_NUMBERS = Set.of("NaN", "+Inf", "-Inf", "Inf");
    private static final String OTHERWISE = "the connection gave what the query API of a Prometheus does not give";

    private static final JsonMapper MAPPER = JsonMapper.builder(JsonFactory.builder()
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxDocumentLength(MOST_BYTES)
                            .maxNestingDepth(MOST_DEPTH)
                            .maxStringLength(MOST_BYTES)
                            .maxNumberLength(MOST_NUMBER)
                            .build())
                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    .build())
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private InstantAnswer() {}

    /**
     * Reads an answer.
     *
     * @param maxAge how far the time that it is dated at may be from {@code now}
     */
    static Reading read(byte[] body, Duration maxAge, Instant now) {
        JsonNode answer = tree(body);
        return answer.path("status").asText().equals("success")
                ? result(answer.path("data"), maxAge, now)
                : new Reading.Failed(refusal(answer).orElse(OTHERWISE));
    }

    /** What a refusal says, in words of ours; empty if the answer is none. */
    static Optional<String> refusal(byte[] body) {
        return refusal(tree(body));
    }

    private static JsonNode tree(byte[] body) {
        try {
            return MAPPER.readTree(body);
        } catch (IOException e) {
            // Its message quotes the answer.
            return MissingNode.getInstance();
        }
    }

    private static Optional<String> refusal(JsonNode answer) {
        return answer.path("status").asText().equals("error")
                ? Optional.of(words(answer.path("errorType").asText()))
                : Optional.empty();
    }

    private static String words(String errorType) {
        return switch (errorType) {
            case "bad_data" -> "the Prometheus can't read the query; try it on its own page";
            case "timeout", "canceled" -> "the Prometheus gave the query up, which took too long";
            case "execution" -> "the Prometheus can't carry the query out; try it on its own page";
            case "unavailable", "internal" -> "the Prometheus has an error of its own";
            default -> "the Prometheus refuses the query";
        };
    }

    private static Reading result(JsonNode data, Duration maxAge, Instant now) {
        JsonNode result = data.path("result");
        return switch (data.path("resultType").asText()) {
            case "scalar" -> point(result, maxAge, now);
            case "vector" -> result.isArray() ? vector(result, maxAge, now) : new Reading.Failed(OTHERWISE);
            case "matrix" -> Reading.Value.unknown("the query gives a range of numbers, not one");
            case "string" -> Reading.Value.unknown("the query gives a text, not a number");
            default -> new Reading.Failed(OTHERWISE);
        };
    }

    private static Reading vector(JsonNode series, Duration maxAge, Instant now) {
        if (series.isEmpty()) {
            return Reading.Value.unknown("the query gives no series");
        }
        if (series.size() > 1) {
            return Reading.Value.unknown("the query gives several series; let it give one, such as by sum() or max()");
        }
        JsonNode only = series.path(0);
        return only.has("histogram") && !only.has("value")
                ? Reading.Value.unknown("the query gives a histogram, not a number")
                : point(only.path("value"), maxAge, now);
    }

    private static Reading point(JsonNode point, Duration maxAge, Instant now) {
        JsonNode time = point.path(0);
        JsonNode value = point.path(1);
        if (!point.isArray() || point.size() != 2 || !time.isNumber() || !value.isTextual()) {
            return new Reading.Failed(OTHERWISE);
        }
        double seconds = time.doubleValue() - now.toEpochMilli() / 1_000.0;
        if (!(Math.abs(seconds) <= maxAge.toMillis() / 1_000.0)) {
            return Reading.Value.unknown("the answer is dated more than " + KubernetesDuration.format(maxAge)
                    + (seconds < 0 ? " ago" : " ahead of the collector's clock"));
        }
        return number(value.textValue());
    }

    private static Reading number(String text) {
        if (NO_NUMBERS.contains(text)) {
            return Reading.Value.unknown("the query gives " + text);
        }
        if (!NUMBER.matcher(text).matches()) {
            return new Reading.Failed(OTHERWISE);
        }
        double number = Double.parseDouble(text);
        return Double.isFinite(number)
                ? Reading.Value.of(number)
                : Reading.Value.unknown("the query gives a number beyond all that can be counted");
    }
}
