package io.tidegate.it.hostile;

import static io.tidegate.it.hostile.SparkBodies.CANARY;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Requests that no good client makes. */
final class Requests {

    private static final byte[] NOTHING = new byte[0];
    private static final String METRICS = "/q/metrics";
    private static final int MEGA = 1_000_000;

    private Requests() {}

    /**
     * A case.
     *
     * @param bytes makes what is sent
     * @param ends whether the sender says that no more will come
     * @param statuses what may be answered; 0 is the end of the connection without an answer
     * @param words what the answer says; empty where the status says all
     */
    record Case(String name, Supplier<byte[]> bytes, boolean ends, Set<Integer> statuses, String words) {
        Case saying(String what) {
            return new Case(name, bytes, ends, statuses, what);
        }

        @Override
        public String toString() {
            return name;
        }
    }

    /** To any of the services. */
    static Stream<Case> toAll() {
        return Stream.of(
                cut("a request line without its end", "GET /q/met"),
                cut("headers without their end", "GET /q/metrics HTTP/1.1\r\nHost: tidegate\r\nX: " + CANARY),
                plain("bytes that are no request", "\u00ff\u00fe\u0000\u0001\r\n\r\n", 400),
                plain("a request line without a version", "GET /\r\n\r\n", 400),
                plain("a header without a colon", "GET /q/metrics HTTP/1.1\r\nHost tidegate\r\n\r\n", 400),
                get("a header that is not UTF-8", 400, METRICS, "X: \u00ff\u00fe\u0001"),
                get("a path of 10 MB", 414, "/" + "a".repeat(10 * MEGA)),
                get("a path of 5,000 characters", 414, "/" + "a".repeat(5_000)),
                get("a header of 10 MB", 431, METRICS, "X: " + "a".repeat(10 * MEGA)),
                new Case(
                        "a body of 12 MB where none is asked for",
                        () -> RawHttp.request("GET", METRICS, List.of(), new byte[12 * MEGA]),
                        false,
                        Set.of(413),
                        ""),
                get("a path 1,000 deep", 404, "/a".repeat(1_000)),
                get("an unknown path", 404, "/" + CANARY),
                get("a path out of the root", 404, "/../../../etc/passwd"),
                get("a path that is not UTF-8", 404, "/\u00ff\u00fe"),
                get("half of an escape", 400, "/%f"),
                get("an escape that is none", 400, "/%zz"),
                get("a length that is NaN", 400, METRICS, "Content-Length: NaN"),
                get("a negative length", 400, METRICS, "Content-Length: -1"),
                get("a length beyond all", 400, METRICS, "Content-Length: 99999999999999999999"),
                new Case(
                        "chunks that are none",
                        () -> RawHttp.request(
                                "POST", METRICS, List.of("Transfer-Encoding: chunked"), text("zz\r\n" + CANARY)),
                        true,
                        Set.of(0, 200, 400),
                        ""),
                get(
                        "1,000 headers",
                        200,
                        METRICS,
                        IntStream.range(0, 1_000).mapToObj(i -> "h" + i + ": a").toArray(String[]::new)));
    }

    /** To the engine. */
    static Stream<Case> toEngine() {
        String why = "/v1/workloads/testbed/sales/Deployment/orders/why";
        String notOne = "\"message\":\"at must be an instant such as 2026-01-02T03:04:05Z";
        String between = "\"message\":\"at must lie between 1970-01-01T00:00:00Z and 9999-12-31T23:59:59Z";
        String path = "\"message\":\"The path must be /v1/workloads/{cluster}/{namespace}/{kind}/{name}/why: ";
        return Stream.of(
                get("a time that is NaN", 400, why + "?at=NaN").saying(notOne),
                get("a truncated time", 400, why + "?at=2026-01-02T03:").saying(notOne),
                get("a number for a time", 400, why + "?at=7").saying(notOne),
                get("a time of 3,000 digits", 400, why + "?at=" + "7".repeat(3_000))
                        .saying("it is '...'"),
                get("a time that is not UTF-8", 400, why + "?at=%ff").saying(notOne),
                get("the last of all times", 400, why + "?at=%2B1000000000-12-31T23:59:59Z")
                        .saying(between),
                get("the first of all times", 400, why + "?at=-1000000000-01-01T00:00:00Z")
                        .saying(between),
                get("a time before 1970", 400, why + "?at=1969-12-31T23:59:59Z").saying(between),
                get("the first time that is taken", 404, why + "?at=1970-01-01T00:00:00Z")
                        .saying("No decision about"),
                get("the last time that is taken", 404, why + "?at=9999-12-31T23:59:59Z")
                        .saying("No decision about"),
                get("an id of too many parts", 400, "/v1/workloads/a%2F..%2F..%2Fb/c/d/e/why")
                        .saying(path),
                get("an id that is not UTF-8", 400, "/v1/workloads/%ff%fe/b/c/d/why")
                        .saying(path),
                get("a null in an id", 400, "/v1/workloads/%00/b/c/d/why").saying(path),
                get("an id of 3,000 characters", 400, "/v1/workloads/" + "a".repeat(3_000) + "/b/c/d/why")
                        .saying("...'"),
                get("a namespace that is not there", 404, "/v1/workloads/testbed/nowhere/Deployment/x/why")
                        .saying("No decision about testbed/nowhere/Deployment/x"),
                get("one that pretends to be an engine", 404, why, "Tidegate-Forwarded: " + CANARY)
                        .saying("No decision about"),
                get(
                                "300 questions at once",
                                404,
                                why + "?"
                                        + IntStream.range(0, 300)
                                                .mapToObj(i -> "a" + i + "=1")
                                                .collect(Collectors.joining("&")))
                        .saying("No decision about"),
                get("another form of answer", 406, why, "Accept: image/png"),
                new Case(
                        "another method",
                        () -> RawHttp.request("DELETE", why, List.of(), NOTHING),
                        false,
                        Set.of(405),
                        ""));
    }

    private static Case get(String name, int status, String path, String... headers) {
        return new Case(name, () -> RawHttp.get(path, headers), false, Set.of(status), "");
    }

    private static Case plain(String name, String text, int status) {
        return new Case(name, () -> text(text), false, Set.of(status), "");
    }

    private static Case cut(String name, String text) {
        return new Case(name, () -> text(text), true, Set.of(0), "");
    }

    private static byte[] text(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }
}
