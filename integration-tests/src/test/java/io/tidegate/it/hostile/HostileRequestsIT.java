package io.tidegate.it.hostile;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tidegate.testbed.junit.Isolation;
import io.tidegate.testbed.junit.OnTestbed;
import io.tidegate.testbed.junit.SharedTestbed;
import io.tidegate.testbed.services.ServiceKind;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** HTTP, tokens and what Spark drivers send. Each case has a clear answer, and nobody else notices. */
@OnTestbed
@Tag("faults")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class HostileRequestsIT {

    private static final Duration SOON = Duration.ofSeconds(30);
    private static final ServiceKind COLLECTOR = ServiceKind.TELEMETRY_COLLECTOR;
    private static final String SNAPSHOTS = "tidegate_spark_snapshots_total";
    private static final int LONGEST_ERROR = 500;

    private final HostileScene scene;
    private final String token;

    HostileRequestsIT(SharedTestbed testbed, Isolation isolation) throws ExecutionException, InterruptedException {
        this.scene = new HostileScene(testbed, isolation);
        this.token = driver(scene.drivers(), "hostile");
    }

    @AfterAll
    void close() {
        try {
            scene.assertNothingGotThrough();
        } finally {
            scene.close();
        }
    }

    static Stream<SparkBodies.Case> bodies() {
        return SparkBodies.all();
    }

    static Stream<Tokens.Case> tokens() {
        return Tokens.all();
    }

    static Stream<Arguments> requests() {
        return Stream.concat(
                Arrays.stream(ServiceKind.values())
                        .flatMap(kind -> Requests.toAll().map(request -> Arguments.of(kind, request))),
                Requests.toEngine().map(request -> Arguments.of(ServiceKind.POLICY_ENGINE, request)));
    }

    @ParameterizedTest
    @MethodSource("bodies")
    void refusesABody(SparkBodies.Case hostile) throws ExecutionException, InterruptedException {
        byte[] body = hostile.change().apply(good("hostile"));
        List<String> headers = Stream.concat(Stream.of("Authorization: Bearer " + token), hostile.headers().stream())
                .toList();
        byte[] request = RawHttp.request("POST", "/v1/spark/events", headers, body);
        assertError(hostile.status(), hostile.words(), scene.unmoved(() -> RawHttp.send(collector(), request)));
    }

    @Test
    void aBodyThatEndsEarlyIsNoBody() throws ExecutionException, InterruptedException {
        byte[] whole = Neighbours.post(token, good("hostile"));
        byte[] half = Arrays.copyOf(whole, whole.length - 200);
        double before = scene.metric(COLLECTOR, SNAPSHOTS + "{result=\"accepted\"}");
        assertEquals(
                0, scene.unmoved(() -> RawHttp.sendAndEnd(collector(), half)).status());
        assertEquals(before + 1, scene.metric(COLLECTOR, SNAPSHOTS + "{result=\"accepted\"}"), "the neighbour's alone");
    }

    @Test
    void aBodyThatIsSentAgainCountsOnce() throws ExecutionException, InterruptedException {
        byte[] request = Neighbours.post(token, good("hostile"));
        double accepted = scene.metric(COLLECTOR, SNAPSHOTS + "{result=\"accepted\"}");
        double old = scene.metric(COLLECTOR, SNAPSHOTS + "{result=\"old\"}");
        for (int times = 0; times < 5; times++) {
            assertEquals(202, RawHttp.send(collector(), request).status());
        }
        assertEquals(accepted + 1, scene.metric(COLLECTOR, SNAPSHOTS + "{result=\"accepted\"}"));
        assertEquals(old + 4, scene.metric(COLLECTOR, SNAPSHOTS + "{result=\"old\"}"));
        assertEquals(
                202, scene.unmoved(() -> RawHttp.send(collector(), request)).status());
    }

    @Test
    void noDriverSpeaksForAnotherNorForAnotherNamespaces() throws ExecutionException, InterruptedException {
        String words = "appId must be that of the label spark-app-selector";
        String foreign = driver(scene.foreign(), "stranger");
        String unknown = token(scene.foreign(), "nobody");
        for (String sender : List.of(token, foreign)) {
            byte[] request = Neighbours.post(sender, good("good-driver"));
            assertError(403, words, scene.unmoved(() -> RawHttp.send(collector(), request)));
        }
        double unmatched = scene.metric(COLLECTOR, SNAPSHOTS + "{result=\"unmatched\"}");
        byte[] request = Neighbours.post(unknown, good("hostile"));
        assertEquals(
                202, scene.unmoved(() -> RawHttp.send(collector(), request)).status());
        assertEquals(unmatched + 1, scene.metric(COLLECTOR, SNAPSHOTS + "{result=\"unmatched\"}"));
        String sample = "\"appId\":\"" + Drivers.appId("good-driver") + "\"";
        assertTrue(scene.told(sample).stream()
                .noneMatch(text -> text.contains("SparkDriver/stranger") || text.contains("SparkDriver/hostile")));
    }

    @ParameterizedTest
    @MethodSource("tokens")
    void refusesAToken(Tokens.Case hostile) throws ExecutionException, InterruptedException {
        byte[] request = RawHttp.request(
                "POST",
                "/v1/spark/events",
                List.of("Authorization: " + hostile.change().apply(token), "Content-Type: application/json"),
                good("hostile").getBytes(StandardCharsets.UTF_8));
        assertError(hostile.status(), hostile.words(), scene.unmoved(() -> RawHttp.send(collector(), request)));
    }

    @Test
    void aTokenOfAnotherAudienceProvesNothing() throws ExecutionException, InterruptedException {
        String other = scene.drivers().token("hostile", "https://kubernetes.default.svc");
        byte[] request = Neighbours.post(other, good("hostile"));
        assertError(
                401,
                "the token is of another audience than tidegate-collector",
                scene.unmoved(() -> RawHttp.send(collector(), request)));
    }

    @Test
    void aTokenOutlivesItsPodForNothing() throws ExecutionException, InterruptedException {
        String old = driver(scene.drivers(), "again");
        scene.drivers().delete("again");
        driver(scene.drivers(), "again");
        byte[] request = Neighbours.post(old, good("again"));
        double unmatched = scene.metric(COLLECTOR, SNAPSHOTS + "{result=\"unmatched\"}");
        assertEquals(
                202, scene.unmoved(() -> RawHttp.send(collector(), request)).status());
        assertEquals(unmatched + 1, scene.metric(COLLECTOR, SNAPSHOTS + "{result=\"unmatched\"}"));
    }

    @ParameterizedTest
    @MethodSource("requests")
    void answersARequest(ServiceKind kind, Requests.Case hostile) throws ExecutionException, InterruptedException {
        URI address = scene.service(kind).address();
        byte[] bytes = hostile.bytes().get();
        RawHttp.Answer answer =
                scene.unmoved(() -> hostile.ends() ? RawHttp.sendAndEnd(address, bytes) : RawHttp.send(address, bytes));
        assertTrue(hostile.statuses().contains(answer.status()), answer::toString);
        assertTrue(answer.body().contains(hostile.words()), answer::body);
        assertFalse(answer.body().contains(SparkBodies.CANARY), answer::body);
        assertTrue(answer.status() == 200 || answer.body().length() < LONGEST_ERROR, answer::body);
    }

    @ParameterizedTest
    @EnumSource(ServiceKind.class)
    void aConnectionOnWhichNothingComesIsClosed(ServiceKind kind) throws ExecutionException, InterruptedException {
        URI address = scene.service(kind).address();
        long begun = System.nanoTime();
        byte[] half = "GET /q/met".getBytes(StandardCharsets.ISO_8859_1);
        assertEquals(0, scene.unmoved(() -> RawHttp.send(address, half)).status());
        Duration open = Duration.ofNanos(System.nanoTime() - begun);
        assertTrue(open.compareTo(Duration.ofSeconds(30)) < 0, () -> kind + " kept it open for " + open);
    }

    @Test
    void aBodyThatStopsComingHoldsNobodyUp() throws ExecutionException, InterruptedException {
        byte[] whole = Neighbours.post(token, good("hostile"));
        byte[] half = Arrays.copyOf(whole, whole.length - 200);
        long begun = System.nanoTime();
        RawHttp.Answer answer = scene.unmoved(() -> RawHttp.send(collector(), half));
        assertTrue(List.of(0, 400, 408).contains(answer.status()), answer::toString);
        assertTrue(System.nanoTime() - begun < Duration.ofSeconds(30).toNanos());
    }

    @Test
    void theSameQuestionHasTheSameAnswer() throws ExecutionException, InterruptedException {
        URI engine = scene.service(ServiceKind.POLICY_ENGINE).address();
        byte[] question = RawHttp.get("/v1/workloads/testbed/nowhere/Deployment/x/why");
        RawHttp.Answer first = RawHttp.send(engine, question);
        List<RawHttp.Answer> others = scene.unmoved(() ->
                Stream.generate(() -> RawHttp.send(engine, question)).limit(20).toList());
        assertTrue(others.stream().allMatch(first::equals), others::toString);
    }

    private static void assertError(int status, String words, RawHttp.Answer answer) {
        assertEquals(status, answer.status(), answer::body);
        assertTrue(words.isEmpty() || answer.body().startsWith("{\"error\":\"" + words), answer::body);
        assertTrue(answer.body().length() < LONGEST_ERROR, answer::body);
        assertFalse(answer.body().contains(SparkBodies.CANARY), answer::body);
    }

    private URI collector() {
        return scene.service(COLLECTOR).address();
    }

    private static String good(String name) {
        return Drivers.body(Drivers.appId(name), Instant.now());
    }

    /** A driver that a policy speaks of and that was told its size; gives its token. */
    private static String driver(Drivers drivers, String name) {
        drivers.policy(name);
        String token = token(drivers, name);
        await().atMost(SOON)
                .until(() -> drivers.annotation(name, Drivers.DESIRED).contains("\"cap\":2"));
        return token;
    }

    private static String token(Drivers drivers, String name) {
        drivers.create(name, Map.of(Drivers.ANSWER, Drivers.GOOD_ANSWER));
        return drivers.token(name, Drivers.AUDIENCE);
    }
}
