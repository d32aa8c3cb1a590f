package io.tidegate.collector.spark;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.tidegate.collector.spark.DriverApi.UnreadableDriverException;
import io.tidegate.contracts.fact.Reading;
import io.tidegate.contracts.fact.SparkExecutors;
import io.tidegate.contracts.fact.SparkStage;
import io.tidegate.contracts.id.WorkloadId;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DriverApiTest {

    private static final String CANARY = "canary-4711";
    private static final Instant NOW = Instant.parse("2026-11-29T12:00:12Z");
    private static final WorkloadId NIGHTLY = WorkloadId.parse("default/sales/SparkDriver/nightly");
    private static final String APPLICATION = """
            {"id":"spark-1a2b","name":"%1$s","attempts":[{"startTimeEpoch":1795953600000,"sparkUser":"%1$s","completed":false}]}
            """.formatted(CANARY);
    private static final String EXECUTORS = """
            [{"id":"driver","hostPort":"10.0.0.1:7079","isActive":true,"maxTasks":0,"activeTasks":9,"totalCores":0},
             {"id":"1","isActive":true,"maxTasks":4,"activeTasks":3,"executorLogs":{"stdout":"%1$s"}},
             {"id":"2","isActive":true,"maxTasks":4,"activeTasks":0,"hostPort":"%1$s"},
             {"id":"3","isActive":false,"maxTasks":4,"activeTasks":4}]
            """.formatted(CANARY);
    private static final String JOBS = """
            [{"jobId":7,"name":"%1$s","description":"%1$s","stageIds":[4,5],"status":"RUNNING"}]
            """.formatted(CANARY);
    private static final String ACTIVE = """
            [{"status":"ACTIVE","stageId":4,"attemptId":0,"numTasks":9,"numActiveTasks":9,"numCompletedIndices":0,"numFailedTasks":0},
             {"status":"ACTIVE","stageId":4,"attemptId":1,"numTasks":200,"numActiveTasks":17,"numCompleteTasks":44,
              "numCompletedIndices":40,"numFailedTasks":5,"submissionTime":"2026-11-29T12:00:00.000GMT","executorRunTime":99999,
              "shuffleReadBytes":10,"name":"%1$s","details":"%1$s","schedulingPool":"%1$s",
              "taskMetricsDistributions":{"quantiles":[0.5,0.95,1.0],"duration":[1200.4,3100.0,4000.0]}}]
            """.formatted(CANARY);
    private static final String PENDING = """
            [{"status":"PENDING","stageId":5,"attemptId":0,"numTasks":8,"numActiveTasks":0,"numCompletedIndices":0,
              "numFailedTasks":0,"shuffleReadBytes":0,"name":"%s"}]
            """.formatted(CANARY);

    private final HttpServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final CountDownLatch over = new CountDownLatch(1);
    private final Map<String, String> answers = new ConcurrentHashMap<>(Map.of(
            "", APPLICATION,
            "executors", EXECUTORS,
            "jobs?status=running", JOBS,
            "stages?status=active&withSummaries=true&quantiles=0.5,0.95,1.0", ACTIVE,
            "stages?status=pending", PENDING));
    private final List<String> asked = Collections.synchronizedList(new ArrayList<>());
    private final DriverApi api = new DriverApi(Duration.ofMillis(800), () -> NOW);
    private volatile String mode = "";

    DriverApiTest() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::answer);
        server.setExecutor(threads);
        server.start();
    }

    @AfterEach
    void stop() {
        over.countDown();
        server.stop(0);
        threads.shutdownNow();
    }

    private void answer(HttpExchange exchange) throws IOException {
        String request = exchange.getRequestURI().toString();
        asked.add(request);
        byte[] body = answers.getOrDefault(request.replaceFirst("^/api/v1/applications/spark-1a2b/?", ""), "?")
                .getBytes(StandardCharsets.UTF_8);
        switch (mode) {
            case "redirect" -> {
                exchange.getResponseHeaders()
                        .set(
                                "Location",
                                "http://127.0.0.1:" + server.getAddress().getPort() + "/secret");
                exchange.sendResponseHeaders(302, -1);
            }
            case "missing" -> exchange.sendResponseHeaders(404, -1);
            case "broken" -> exchange.sendResponseHeaders(500, -1);
            case "silent" -> awaitEnd();
            case "trickle" -> {
                exchange.sendResponseHeaders(200, 0);
                exchange.getResponseBody().write('[');
                exchange.getResponseBody().flush();
                awaitEnd();
            }
            case "endless" -> {
                exchange.sendResponseHeaders(200, 0);
                byte[] part = new byte[1 << 16];
                while (over.getCount() > 0) {
                    exchange.getResponseBody().write(part);
                }
            }
            default -> {
                exchange.sendResponseHeaders(200, body.length);
                exchange.getResponseBody().write(body);
            }
        }
        exchange.close();
    }

    private void awaitEnd() {
        try {
            over.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @ParameterizedTest
    @CsvSource({"7, 24000", "0, 24000", "-3, 24000", "30000, 30000", "9007199254740993, 160000"})
    void sumsUpNoMoreAndNoLessThanTheQuantilesAllow(String told, long sum)
            throws UnreadableDriverException, InterruptedException {
        answers.put(
                "stages?status=active&withSummaries=true&quantiles=0.5,0.95,1.0",
                ACTIVE.replace("\"executorRunTime\":99999", "\"executorRunTime\":" + told));

        assertEquals(sum, read("127.0.0.1").stages().getFirst().sumMillis());
    }

    @Test
    void readsNumbersAndNothingElse() throws UnreadableDriverException, InterruptedException {
        Reading.Spark reading = read("127.0.0.1");
        assertEquals(
                new Reading.Spark(
                        "spark-1a2b",
                        false,
                        4,
                        12_000L,
                        new SparkExecutors(null, null, 2, 1, 0, null),
                        1,
                        null,
                        List.of(
                                new SparkStage(
                                        4,
                                        1,
                                        7,
                                        SparkStage.State.Active,
                                        200,
                                        17,
                                        40,
                                        5,
                                        99_999L,
                                        1_200L,
                                        3_100L,
                                        4_000L,
                                        null,
                                        12_000L,
                                        List.of(),
                                        true),
                                new SparkStage(
                                        5,
                                        0,
                                        7,
                                        SparkStage.State.Waiting,
                                        8,
                                        0,
                                        0,
                                        0,
                                        null,
                                        null,
                                        null,
                                        null,
                                        null,
                                        null,
                                        List.of(),
                                        false)),
                        0,
                        List.of()),
                reading);
        assertFalse(reading.toString().contains(CANARY));
        assertEquals(5, asked.size(), asked::toString);
    }

    @Test
    void leavesOutStagesThatAreTooMany() throws UnreadableDriverException, InterruptedException {
        String stages = IntStream.range(0, 150)
                .mapToObj(id -> "{\"stageId\":" + id + ",\"attemptId\":0,\"numTasks\":1}")
                .toList()
                .toString();
        answers.put("stages?status=pending", stages);
        Reading.Spark reading = read("127.0.0.1");
        assertEquals(100, reading.stages().size());
        assertEquals(51, reading.omittedStages());
        assertEquals(SparkStage.State.Active, reading.stages().getFirst().state());
    }

    @Test
    void saysThatNoExecutorIsThere() {
        answers.put("executors", "[{\"id\":\"driver\",\"isActive\":true,\"maxTasks\":4}]");
        assertEquals(
                "no executor has registered yet, so that it is not known how many tasks one runs at a time", refusal());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "null",
                "7",
                "{}",
                "[null]",
                "[7]",
                "[[]]",
                "[{\"id\":{\"a\":\"" + CANARY + "\"}}]",
                "[{\"id\":\"1\",\"isActive\":\"" + CANARY + "\"}]",
                "[{\"id\":\"1\",\"maxTasks\":\"4\"}]",
                "[{\"id\":\"1\",\"maxTasks\":1e99}]",
                "[{\"id\":\"1\",\"maxTasks\":4.5}]",
                "[{\"id\":\"1\",\"maxTasks\":99999999999}]",
                "[{\"id\":\"" + CANARY,
                "<html>" + CANARY + "</html>"
            })
    void refusesWhatSparkDoesNotSay(String answer) {
        answers.put("executors", answer);
        assertTrue(refusal().startsWith("the REST API of the driver gave "), this::refusal);
    }

    @Test
    void takesNegativeNumbersAndOddTimesForUnknown() throws UnreadableDriverException, InterruptedException {
        answers.put("stages?status=active&withSummaries=true&quantiles=0.5,0.95,1.0", """
                [{"stageId":-4,"attemptId":-1,"numTasks":-200,"numActiveTasks":-1,"numCompletedIndices":3,"numFailedTasks":-2,
                  "submissionTime":"%s","taskMetricsDistributions":{"duration":[-1.0,null]}},
                 {"stageId":1,"submissionTime":"2026-99-99T12:00:00.000GMT","numCompletedIndices":3,
                  "taskMetricsDistributions":{"duration":null}},
                 {"stageId":2,"submissionTime":"2036-11-29T12:00:00.000GMT"}]
                """.formatted(CANARY));
        answers.put("jobs?status=running", "[{\"jobId\":-7,\"stageIds\":null},{\"jobId\":3,\"stageIds\":[null,1]}]");
        List<SparkStage> stages = read("127.0.0.1").stages();
        assertEquals(
                new SparkStage(
                        0,
                        0,
                        0,
                        SparkStage.State.Active,
                        0,
                        0,
                        3,
                        0,
                        null,
                        null,
                        null,
                        null,
                        null,
                        null,
                        List.of(),
                        false),
                stages.getFirst());
        assertEquals(3, stages.get(1).job());
        assertEquals(0L, stages.get(2).submittedMillis(), "a clock that is ahead");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{\"attempts\":null}",
                "{\"attempts\":[]}",
                "{\"attempts\":[null]}",
                "{\"attempts\":[{}]}",
                "{\"attempts\":[{\"startTimeEpoch\":-1}]}"
            })
    void knowsNoAgeOfAnApplicationThatDoesNotSayIt(String application)
            throws UnreadableDriverException, InterruptedException {
        answers.put("", application);
        assertEquals(null, read("127.0.0.1").upMillis());
    }

    @Test
    void followsNoRedirect() {
        mode = "redirect";
        assertEquals("the REST API of the driver answered with status 302", refusal());
        assertEquals(List.of("/api/v1/applications/spark-1a2b"), asked);
    }

    @Test
    void saysWhyThereIsNoAnswer() {
        mode = "missing";
        assertEquals("the REST API of the driver does not know the application, or is of another", refusal());
        mode = "broken";
        assertEquals("the REST API of the driver answered with status 500", refusal());
        mode = "endless";
        assertEquals("the REST API of the driver gave more than 4194304 bytes", refusal());
        server.stop(0);
        assertEquals("the REST API of the driver can't be reached", refusal());
    }

    @Test
    void waitsForNoAnswerThatDoesNotComeOrDoesNotEnd() {
        mode = "silent";
        assertTrue(refusal().startsWith("the REST API of the driver "), this::refusal);
        mode = "trickle";
        assertEquals("the REST API of the driver did not answer within 0 s", refusal());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "169.254.169.254",
                "0.0.0.0",
                "224.0.0.1",
                "fe80::1",
                "::",
                "localhost",
                "metadata",
                "1",
                "a@b",
                "",
                "::%1"
            })
    void asksNobodyWhoIsNoPod(String address) {
        UnreadableDriverException refused = assertThrows(UnreadableDriverException.class, () -> read(address));
        assertEquals("the driver pod has no address that is a pod's", refused.getMessage());
        assertEquals(List.of(), asked);
    }

    private String refusal() {
        String words = String.valueOf(assertThrows(UnreadableDriverException.class, () -> read("127.0.0.1"))
                .getMessage());
        assertFalse(words.contains(CANARY), words);
        return words;
    }

    private Reading.Spark read(String address) throws UnreadableDriverException, InterruptedException {
        return api.read(new PolledDriver(
                NIGHTLY, "spark-1a2b", address, server.getAddress().getPort()));
    }
}
