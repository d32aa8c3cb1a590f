package io.tidegate.collector;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpServer;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.tidegate.collector.health.Outages;
import io.tidegate.collector.kubernetes.ClusterAccess;
import io.tidegate.collector.loop.ThreadLoop;
import io.tidegate.collector.sender.Sender;
import io.tidegate.collector.sender.SigningKeys;
import io.tidegate.collector.sender.TokenVerifier;
import io.tidegate.collector.spark.Snapshots;
import io.tidegate.contracts.fact.Reading;
import io.tidegate.contracts.fact.SampleFact;
import io.tidegate.contracts.fact.WorkloadFact;
import io.tidegate.contracts.fact.WorkloadTombstone;
import io.tidegate.contracts.topic.TopicCreation;
import io.tidegate.testbed.junit.Isolation;
import io.tidegate.testbed.junit.OnTestbed;
import io.tidegate.testbed.junit.SharedTestbed;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.apache.kafka.clients.admin.Admin;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Spark drivers before the built collector: tokens of a real API server, facts on a real broker. */
@OnTestbed
class SparkIT {

    private static final String EVENTS = "/v1/spark/events";
    private static final String CANARY = "canary-4711";

    private final SharedTestbed testbed;
    private final KubernetesClient client;
    private final String namespace;
    private final ClusterObjects objects;
    private final SparkObjects spark;

    SparkIT(SharedTestbed testbed, Isolation isolation) {
        this.testbed = testbed;
        this.client = testbed.controlPlane().client();
        this.namespace = isolation.namespace();
        this.objects = new ClusterObjects(client, namespace, namespace);
        this.spark = new SparkObjects(client, namespace, objects);
    }

    @BeforeEach
    void install() throws IOException, InterruptedException {
        objects.install();
        spark.account();
        try (Admin admin =
                Admin.create(Map.of("bootstrap.servers", testbed.broker().bootstrapServers()))) {
            new TopicCreation(admin, 12, Optional.empty()).ensure();
        }
    }

    @Test
    void tellsWhatADriverSendsAndWhatItsPodsAreLike() throws IOException {
        try (FactsFollower facts = new FactsFollower(testbed.broker().bootstrapServers());
                RunningCollector collector =
                        RunningCollector.start(testbed, namespace, Map.of()).awaitReady()) {
            spark.policy("nightly");
            WorkloadFact nothing = facts.awaitFact(WorkloadFact.class, key("nightly"), workload -> true);
            assertTrue(String.valueOf(nothing.problem()).startsWith("no driver runs"), nothing::toString);

            spark.driver("driver", "nightly", "spark-1", 4040);
            WorkloadFact silent = facts.awaitFact(
                    WorkloadFact.class,
                    key("nightly"),
                    workload -> String.valueOf(workload.problem()).contains("spark.plugins"));
            assertEquals(null, silent.driver());

            spark.answer(
                    "driver",
                    "{\"version\":1,\"plugin\":\"0.1.0\",\"sequence\":7,\"floor\":2,\"cap\":10,\"dynamic\":true,"
                            + "\"slots\":4,\"wanted\":44,\"granted\":9,\"running\":1,\"draining\":0}");
            spark.executor("exec-1", "spark-1");
            WorkloadFact scalable = facts.awaitFact(
                    WorkloadFact.class,
                    key("nightly"),
                    workload -> workload.driver() != null && workload.statusReplicas() == 1);
            assertEquals(10, scalable.replicas());
            assertEquals(null, scalable.problem());
            assertEquals("spark-1", Objects.requireNonNull(scalable.driver()).appId());

            String token = spark.token("driver", SparkObjects.AUDIENCE);
            Instant sentAt = Instant.parse("2031-01-01T00:00:01Z");
            long before = System.currentTimeMillis();
            HttpResponse<String> taken = post(collector, token, body("spark-1", sentAt.minusMillis(400), sentAt));
            assertEquals(202, taken.statusCode(), taken::body);
            SampleFact sample =
                    facts.awaitFact(SampleFact.class, key("nightly"), told -> told.reading() instanceof Reading.Spark);
            assertEquals(SampleFact.SPARK, sample.signal());
            assertFalse(sample.toString().contains(CANARY));
            assertTrue(System.currentTimeMillis() - before < 20_000);
            assertTrue(collector.get("/q/metrics").contains("tidegate_spark_snapshots_total{result=\"accepted\"} 1.0"));
            assertTrue(collector.get("/q/openapi").contains(EVENTS));

            spark.delete("driver");
            facts.awaitFact(
                    WorkloadFact.class,
                    key("nightly"),
                    workload -> workload.driver() == null
                            && String.valueOf(workload.problem()).startsWith("no driver runs"));
            assertEquals(
                    202, post(collector, token, body("spark-1", sentAt, sentAt)).statusCode());
            assertTrue(
                    collector.get("/q/metrics").contains("tidegate_spark_snapshots_total{result=\"unmatched\"} 1.0"));
            objects.deletePolicy("nightly");
            facts.awaitFact(WorkloadTombstone.class, key("nightly"), tombstone -> true);
        }
    }

    @Test
    void refusesWhoeverIsNotTheDriver() throws IOException {
        spark.policy("hourly");
        spark.driver("hourly-driver", "hourly", "spark-2", 4040);
        spark.executor("foreign", "spark-2");
        String good = spark.token("hourly-driver", SparkObjects.AUDIENCE);
        Instant now = Instant.now();
        String body = body("spark-2", now, now);
        try (FactsFollower facts = new FactsFollower(testbed.broker().bootstrapServers());
                RunningCollector collector = RunningCollector.start(testbed, namespace + "-r", Map.of())
                        .awaitReady()) {
            facts.awaitFact(WorkloadFact.class, key("hourly"), workload -> true);
            assertRefused(401, "the header Authorization", post(collector, "", body));
            assertRefused(
                    401,
                    "the token is of another audience",
                    post(collector, spark.token("hourly-driver", "https://kubernetes.default.svc"), body));
            assertRefused(401, "the token's signature is wrong", post(collector, tampered(good), body));
            assertRefused(401, "the token is not a signed", post(collector, CANARY, body));
            assertRefused(403, "the token is bound to no pod", post(collector, spark.unboundToken(), body));
            assertEquals(
                    202,
                    post(collector, spark.token("foreign", SparkObjects.AUDIENCE), body)
                            .statusCode());
            assertRefused(403, "appId must be", post(collector, good, body("spark-of-another", now, now)));
            assertRefused(400, "the body is not JSON", post(collector, good, "{\"" + CANARY));
            assertRefused(
                    400, "snapshots must be", post(collector, good, "{\"version\":1,\"sentAt\":\"" + now + "\"}"));
            byte[] large = new byte[3 << 20];
            assertRefused(413, "the body has more", collector.post(EVENTS, good, BodyPublishers.ofByteArray(large)));
            assertRefused(403, "appId must be", post(collector, good, body("spark-of-another", now, now)));
            assertRefused(
                    413,
                    "the body has more",
                    collector.post(
                            EVENTS,
                            good,
                            BodyPublishers.fromPublisher(BodyPublishers.ofByteArray(new byte[(1 << 20) + 1]))));
            assertEquals(
                    List.of(),
                    facts.of(SampleFact.class, key("hourly")).stream()
                            .filter(sample -> sample.reading() instanceof Reading.Spark)
                            .toList());
            assertRefused(429, "send one body at a time", hammered(collector, good));
            assertFalse(collector.get("/q/metrics").contains(CANARY));
            objects.deletePolicy("hourly");
            facts.awaitFact(WorkloadTombstone.class, key("hourly"), tombstone -> true);
        }
    }

    @Test
    void verifiesTokensOfTheApiServerWhileTheyAreValid() {
        spark.driver("dated", "none", "spark-3", 4040);
        String token = spark.token("dated", SparkObjects.AUDIENCE);
        InstantSource clock = InstantSource.system();
        try (ThreadLoop loop = new ThreadLoop("keys")) {
            SigningKeys keys = new SigningKeys(new ClusterAccess(client).signingKeys(), loop, new Outages(clock));
            String uid = client.pods()
                    .inNamespace(namespace)
                    .withName("dated")
                    .require()
                    .getMetadata()
                    .getUid();
            assertEquals(
                    new TokenVerifier.Verdict.Proven(new Sender(namespace, "dated", uid)),
                    new TokenVerifier(keys, SparkObjects.AUDIENCE, clock).verify("Bearer " + token));
            assertEquals(
                    new TokenVerifier.Verdict.Unproven("the token has expired"),
                    new TokenVerifier(
                                    keys,
                                    SparkObjects.AUDIENCE,
                                    () -> clock.instant().plus(Duration.ofMinutes(11)))
                            .verify("Bearer " + token));
            assertEquals(
                    new TokenVerifier.Verdict.Unproven("the token is not valid yet"),
                    new TokenVerifier(
                                    keys,
                                    SparkObjects.AUDIENCE,
                                    () -> clock.instant().minus(Duration.ofMinutes(1)))
                            .verify("Bearer " + token));
        }
    }

    @Test
    void asksADriverThatHasNoPlugin() throws IOException {
        HttpServer api = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        api.createContext("/api/v1/applications/spark-4", exchange -> {
            String path = exchange.getRequestURI().getPath();
            byte[] answer = (path.endsWith("spark-4")
                            ? "{\"name\":\"" + CANARY + "\",\"attempts\":[{\"startTimeEpoch\":1}]}"
                            : path.endsWith("executors")
                                    ? "[{\"id\":\"driver\",\"isActive\":true},{\"id\":\"1\",\"isActive\":true,\"maxTasks\":4,"
                                            + "\"activeTasks\":1,\"hostPort\":\"" + CANARY + "\"}]"
                                    : "[]")
                    .getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(200, answer.length);
            exchange.getResponseBody().write(answer);
            exchange.close();
        });
        api.start();
        spark.policy("plain");
        spark.driver("plain-driver", "plain", "spark-4", api.getAddress().getPort());
        try (FactsFollower facts = new FactsFollower(testbed.broker().bootstrapServers());
                RunningCollector collector = RunningCollector.start(
                                testbed, namespace + "-p", Map.of("TIDEGATE_SPARK_POLL_PERIOD", "1s"))
                        .awaitReady()) {
            SampleFact read = facts.awaitFact(
                    SampleFact.class, key("plain"), sample -> sample.reading() instanceof Reading.Spark);
            assertEquals(4, ((Reading.Spark) read.reading()).slots());
            api.stop(0);
            SampleFact failed = facts.awaitFact(
                    SampleFact.class, key("plain"), sample -> sample.reading() instanceof Reading.Failed);
            assertEquals(new Reading.Failed("the REST API of the driver can't be reached"), failed.reading());
            assertTrue(collector.get("/q/metrics").contains("tidegate_sample_failures_total{reason=\"driver\"}"));
            objects.deletePolicy("plain");
            facts.awaitFact(WorkloadTombstone.class, key("plain"), tombstone -> true);
        } finally {
            api.stop(0);
        }
    }

    private HttpResponse<String> hammered(RunningCollector collector, String token) throws IOException {
        HttpResponse<String> last = post(collector, token, "{}");
        for (int times = 0; times < 1_000 && last.statusCode() != 429; times++) {
            last = post(collector, token, "{}");
        }
        return last;
    }

    private static HttpResponse<String> post(RunningCollector collector, String token, String body) throws IOException {
        return collector.post(EVENTS, token, BodyPublishers.ofString(body));
    }

    private static String body(String appId, Instant at, Instant sentAt) {
        return Snapshots.body(appId, at.toString(), sentAt.toString())
                .replace("\"at\":", "\"user\":\"" + CANARY + "\",\"at\":");
    }

    /** The same token for another pod, with the signature that it had. */
    private static String tampered(String token) {
        String signature = token.substring(token.lastIndexOf('.') + 1);
        String other = (signature.startsWith("A") ? "B" : "A") + signature.substring(1);
        return token.substring(0, token.length() - signature.length()) + other;
    }

    private static void assertRefused(int status, String words, HttpResponse<String> answer) {
        assertEquals(status, answer.statusCode(), answer::body);
        assertTrue(answer.body().startsWith("{\"error\":\"" + words), answer::body);
        assertFalse(answer.body().contains(CANARY), answer::body);
    }

    private String key(String policy) {
        return RunningCollector.CLUSTER + "/" + namespace + "/SparkDriver/" + policy;
    }
}
