package io.tidegate.it.hostile;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;

/** What a driver with a good token sends in place of a good body. */
final class SparkBodies {

    static final String CANARY = "canary4711";
    private static final String JSON = "Content-Type: application/json";
    private static final String NO_JSON = "the body is not JSON";
    private static final String TOO_LARGE = "the body has more than 1048576 bytes";
    private static final int MEGA = 1_000_000;

    private SparkBodies() {}

    /**
     * A case.
     *
     * @param headers besides the token's
     * @param change makes the body of a good one
     * @param status what is answered
     * @param words how the error begins; empty where the status says all
     */
    record Case(String name, List<String> headers, Function<String, byte[]> change, int status, String words) {
        @Override
        public String toString() {
            return name;
        }
    }

    static Stream<Case> all() {
        return Stream.of(
                text("truncated", good -> good.substring(0, good.length() / 2), 400, NO_JSON),
                text("empty", good -> "", 400, "the body must be an object"),
                plain("10 MB", good -> filled(10 * MEGA), 413, TOO_LARGE),
                new Case(
                        "10 MB in chunks",
                        List.of(JSON, "Transfer-Encoding: chunked"),
                        good -> RawHttp.chunked(filled(10 * MEGA)),
                        413,
                        TOO_LARGE),
                plain("12 MB", good -> filled(12 * MEGA), 413, ""),
                plain(
                        "a good one in 10 MB of spaces",
                        good -> (good + " ".repeat(10 * MEGA)).getBytes(StandardCharsets.UTF_8),
                        413,
                        TOO_LARGE),
                new Case(
                        "10 MB that gzip makes small",
                        List.of(JSON, "Content-Encoding: gzip"),
                        good -> zipped(filled(10 * MEGA)),
                        400,
                        NO_JSON),
                text("1,000 lists deep", good -> "[".repeat(1_000) + CANARY, 400, NO_JSON),
                text(
                        "1,000 objects deep where nobody looks",
                        good -> good.replace(
                                "\"dropped\"",
                                "\"x\":" + "{\"a\":".repeat(1_000) + "1" + "}".repeat(1_000) + ",\"dropped\""),
                        400,
                        NO_JSON),
                text("NaN", good -> good.replace("\"slots\":4", "\"slots\":NaN"), 400, NO_JSON),
                text("Infinity", good -> good.replace("1.5", "Infinity"), 400, NO_JSON),
                text(
                        "a number beyond all",
                        good -> good.replace("1.5", "1e999"),
                        400,
                        "snapshots[0].queries[0].inputRate must"),
                text(
                        "a text for a number",
                        good -> good.replace("\"slots\":4", "\"slots\":\"" + CANARY + "\""),
                        400,
                        "snapshots[0].slots must be"),
                text("a list", good -> "[" + good + "]", 400, "the body must be an object"),
                text(
                        "another version",
                        good -> good.replace("\"version\":1", "\"version\":2"),
                        400,
                        "version must be 1"),
                text("a field twice", good -> good.replace("\"slots\":4", "\"slots\":4,\"slots\":5"), 400, NO_JSON),
                new Case(
                        "another media type",
                        List.of("Content-Type: text/plain"),
                        good -> good.getBytes(StandardCharsets.UTF_8),
                        415,
                        ""),
                plain(
                        "invalid UTF-8",
                        good -> replaced(good.replace("\"name\":\"q\"", "\"name\":\"q?\""), '?', 0xff),
                        400,
                        NO_JSON),
                text(
                        "half of a character",
                        good -> good.replace("\"name\":\"q\"", "\"name\":\"\\ud83c\""),
                        400,
                        "snapshots[0].queries[0].name must be"),
                text(
                        "control characters",
                        good -> good.replace("\"name\":\"q\"", "\"name\":\"\\n\\u0000" + CANARY + "\""),
                        400,
                        "snapshots[0].queries[0].name must be"));
    }

    private static Case text(String name, Function<String, String> change, int status, String words) {
        return plain(name, good -> change.apply(good).getBytes(StandardCharsets.UTF_8), status, words);
    }

    private static Case plain(String name, Function<String, byte[]> change, int status, String words) {
        return new Case(name, List.of(JSON), change, status, words);
    }

    private static byte[] filled(int length) {
        byte[] bytes = new byte[length];
        Arrays.fill(bytes, (byte) 'x');
        return bytes;
    }

    private static byte[] replaced(String text, char old, int with) {
        byte[] bytes = text.getBytes(StandardCharsets.ISO_8859_1);
        for (int i = 0; i < bytes.length; i++) {
            if (bytes[i] == old) {
                bytes[i] = (byte) with;
            }
        }
        return bytes;
    }

    private static byte[] zipped(byte[] bytes) {
        ByteArrayOutputStream zipped = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(zipped)) {
            gzip.write(bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return zipped.toByteArray();
    }
}
