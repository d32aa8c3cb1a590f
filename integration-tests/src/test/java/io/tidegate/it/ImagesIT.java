package io.tidegate.it;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.tidegate.testbed.Testbed;
import io.tidegate.testbed.TestbedOptions;
import io.tidegate.testbed.files.FileTree;
import io.tidegate.testbed.files.RunDirectory;
import io.tidegate.testbed.files.TestbedHome;
import io.tidegate.testbed.process.ChildProcess;
import io.tidegate.testbed.process.FreePorts;
import io.tidegate.testbed.process.ProcessSpec;
import io.tidegate.testbed.process.Progress;
import io.tidegate.testbed.registry.LocalRegistry;
import io.tidegate.testbed.services.ServiceKind;
import io.tidegate.testbed.services.TidegateServices;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;

/** The images as shipped: built, pushed to a registry, pulled, unpacked and run beside a real broker and a real API server. */
@Tag("deploy")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class ImagesIT {

    private static final int LEAST_RELEASE = 25;
    private static final Duration BUILT_WITHIN = Duration.ofMinutes(8);
    private static final Duration SOON = Duration.ofSeconds(60);
    private static final String TAG = "1.2.3";
    private static final HttpClient HTTP =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(2)).build();

    private final RunDirectory directory = RunDirectory.create(Boolean.getBoolean("tidegate.testbed.keep"));
    private final List<AutoCloseable> open = new ArrayList<>(List.of(directory));

    private final Map<ServiceKind, UnpackedImage> unpacked = new EnumMap<>(ServiceKind.class);

    private Optional<LocalRegistry> registry = Optional.empty();

    @BeforeAll
    void buildPushAndPull() throws IOException, InterruptedException {
        Assumptions.assumeTrue(
                Runtime.version().feature() >= LEAST_RELEASE,
                "Skipping the images, which hold a Java runtime of JDK " + LEAST_RELEASE + ": run on that JDK.");
        LocalRegistry started = LocalRegistry.start(directory.folder("registry"), Progress.console());
        open.addFirst(started);
        registry = Optional.of(started);
        build("first");
        for (ServiceKind kind : ServiceKind.values()) {
            Path folder = directory.folder("unpacked/" + kind.module());
            unpacked.put(kind, UnpackedImage.pull(started, image(kind, "first"), folder));
        }
    }

    @AfterAll
    void close() throws Exception {
        for (AutoCloseable part : open) {
            part.close();
        }
    }

    @Test
    @Order(1)
    void imagesShareTheirLowestLayersAndNameANumericUser() throws IOException {
        Map<ServiceKind, List<String>> layers = layers("first");
        List<String> collector = layers.getOrDefault(ServiceKind.TELEMETRY_COLLECTOR, List.of());
        for (ServiceKind kind : ServiceKind.values()) {
            JsonNode configuration = image(kind).configuration();
            List<String> own = layers.getOrDefault(kind, List.of());
            assertNoShell(image(kind).root());
            assertAll(
                    kind.module(),
                    () -> assertEquals(5, own.size(), own.toString()),
                    () -> assertEquals(collector.subList(0, 2), own.subList(0, 2), "C and Java runtime"),
                    () -> assertEquals("65532:65532", configuration.path("User").asText()),
                    () -> assertTrue(
                            configuration.path("Entrypoint").get(0).asText().endsWith("/java"),
                            configuration.toString()));
        }
    }

    @Test
    @Order(2)
    void anotherBuildGivesTheSameLayersButTheAotCache() throws IOException {
        // Layers that were kept would be the same without being built.
        FileTree.delete(TestbedHome.root().resolve("target/images/work"));
        build("second");

        Map<ServiceKind, List<String>> first = layers("first");
        layers("second")
                .forEach((kind, layers) -> assertEquals(
                        first.getOrDefault(kind, List.of()).subList(0, 4), layers.subList(0, 4), kind.module()));
    }

    @Test
    @Order(3)
    void runtimeHasAllModulesThatJdepsFinds() throws IOException {
        for (ServiceKind kind : ServiceKind.values()) {
            Path root = image(kind).root();
            Set<String> found =
                    FoundModules.of(root.resolve("opt/tidegate"), directory.folder("jdeps/" + kind.module()));
            // Named by nothing but processors of annotations, which run in builds.
            found.remove("jdk.compiler");
            String release = Files.readString(root.resolve("opt/java/release"));
            Set<String> there = release.lines()
                    .filter(line -> line.startsWith("MODULES="))
                    .flatMap(line -> Stream.of(line.substring("MODULES=".length())
                            .replace("\"", "")
                            .split(" ", -1)))
                    .collect(Collectors.toSet());
            assertTrue(found.contains("java.base"), found.toString());
            assertTrue(there.containsAll(found), () -> kind.module() + " needs " + found + ", and there are " + there);
        }
    }

    @Test
    @Order(4)
    void servicesRunFromTheirImagesAndScale() throws IOException, InterruptedException, ExecutionException {
        boolean contained = UnpackedImage.canBeContained();
        if (!contained) {
            Progress.console()
                    .line(
                            "The images run from their folders as this user, with roots that can be written to: only root may"
                                    + " do as a container engine does.");
        }
        Testbed testbed = Testbed.start(TestbedOptions.defaults(), Progress.console());
        open.addFirst(testbed);
        // Definitions and accounts, and no process.
        open.addFirst(TidegateServices.start(testbed, Progress.console(), Map.of(), EnumSet.noneOf(ServiceKind.class)));
        Map<ServiceKind, ChildProcess> processes = new EnumMap<>(ServiceKind.class);
        Map<ServiceKind, Integer> ports = new EnumMap<>(ServiceKind.class);
        for (ServiceKind kind : ServiceKind.values()) {
            UnpackedImage image = image(kind);
            int port = FreePorts.next();
            ports.put(kind, port);
            ChildProcess process =
                    image.start(kind.module(), settings(testbed, kind, image, port, contained), contained);
            open.addFirst(process);
            processes.put(kind, process);
        }
        processes.forEach((kind, process) -> await(kind.module() + " is ready")
                .atMost(SOON)
                .until(() -> {
                    process.requireAlive();
                    return isReady(ports.getOrDefault(kind, 0));
                }));
        for (ChildProcess process : processes.values()) {
            assertTrue(proc(process, "maps").contains("classes.aot"), process.name() + " runs without its AOT cache");
            if (contained) {
                assertTrue(
                        proc(process, "status").lines().anyMatch(line -> line.matches("Uid:\\s+65532\\s+65532.*")),
                        process.name());
                assertTrue(
                        proc(process, "mountinfo").lines().anyMatch(line -> line.matches("\\S+ \\S+ \\S+ \\S+ / ro.*")),
                        process.name() + " can write to its root:\n" + proc(process, "mountinfo"));
            }
        }

        try (Subject orders = subject(testbed)) {
            orders.policy("orders");
            orders.produce(35);
            await().atMost(SOON).until(() -> orders.replicas() == 4);
            orders.commitAll();
            await().atMost(SOON).until(() -> orders.replicas() == 0);
        }
    }

    private static Subject subject(Testbed testbed) throws ExecutionException, InterruptedException {
        testbed.controlPlane()
                .client()
                .resource(new NamespaceBuilder()
                        .withNewMetadata()
                        .withName("sample")
                        .endMetadata()
                        .build())
                .create();
        return Subject.create(testbed, "sample", "orders");
    }

    private static Map<String, String> settings(
            Testbed testbed, ServiceKind kind, UnpackedImage image, int port, boolean contained) throws IOException {
        Map<String, String> settings = new HashMap<>();
        settings.put("TIDEGATE_KAFKA_BOOTSTRAP_SERVERS", testbed.broker().bootstrapServers());
        settings.put("TIDEGATE_INSTANCE_ID", kind.module());
        settings.put("TIDEGATE_CLUSTER", TidegateServices.CLUSTER);
        settings.put("TIDEGATE_ADVERTISED_ADDRESS", "127.0.0.1:" + port);
        settings.put("QUARKUS_HTTP_HOST", "127.0.0.1");
        settings.put("QUARKUS_HTTP_PORT", String.valueOf(port));
        String account = switch (kind) {
            case TELEMETRY_COLLECTOR -> "tidegate-collector";
            case AUTOSCALER -> "tidegate-autoscaler";
            case POLICY_ENGINE -> "";
        };
        if (!account.isEmpty()) {
            testbed.controlPlane()
                    .serviceAccounts()
                    .kubeconfig(
                            TidegateServices.NAMESPACE,
                            account,
                            image.folder("given").resolve("kubeconfig"));
            settings.put(
                    "KUBECONFIG", image.given(contained).resolve("kubeconfig").toString());
        }
        return settings;
    }

    private static void assertNoShell(Path root) throws IOException {
        try (Stream<Path> files = Files.walk(root)) {
            assertFalse(
                    files.filter(Files::isRegularFile)
                            .map(file -> file.getFileName().toString())
                            .anyMatch(name -> List.of("sh", "bash", "dash", "busybox", "apt-get", "dpkg")
                                    .contains(name)),
                    "a shell or package manager is in the image");
        }
    }

    private static String proc(ChildProcess process, String file) throws IOException {
        return Files.readString(Path.of("/proc", String.valueOf(process.pid()), file));
    }

    private static boolean isReady(int port) throws InterruptedException {
        try {
            return HTTP.send(
                                    HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/q/health/ready"))
                                            .timeout(Duration.ofSeconds(5))
                                            .build(),
                                    HttpResponse.BodyHandlers.discarding())
                            .statusCode()
                    == 200;
        } catch (IOException e) {
            return false;
        }
    }

    /** Has the command build and push all images, in a JVM of its own, as the launcher does. */
    private void build(String prefix) {
        Path target = TestbedHome.root().resolve("images/target");
        List<String> command = List.of(
                TestbedHome.java().toString(),
                "-Dtidegate.home=" + TestbedHome.root(),
                "-cp",
                target.resolve("images.jar") + ":" + target.resolve("lib") + "/*",
                "io.tidegate.images.ImagesCommand",
                "--push",
                registry.orElseThrow().address() + "/" + prefix,
                "--insecure",
                "--tag",
                TAG);
        ProcessSpec spec = ProcessSpec.disposable("images-" + prefix, command, directory.path());
        try (ChildProcess process = ChildProcess.start(spec)) {
            boolean ended =
                    Progress.console().during("building and pushing images", () -> process.waitFor(BUILT_WITHIN));
            assertTrue(ended && process.exitCode().orElse(-1) == 0, () -> process.lastLines(40));
        }
    }

    private Map<ServiceKind, List<String>> layers(String prefix) throws IOException {
        Map<ServiceKind, List<String>> layers = new EnumMap<>(ServiceKind.class);
        for (ServiceKind kind : ServiceKind.values()) {
            List<String> digests = new ArrayList<>();
            json("manifest", image(kind, prefix))
                    .path("layers")
                    .forEach(layer -> digests.add(layer.path("digest").asText()));
            layers.put(kind, digests);
        }
        return layers;
    }

    private UnpackedImage image(ServiceKind kind) {
        return Objects.requireNonNull(unpacked.get(kind), kind.module());
    }

    private JsonNode json(String command, String image) throws IOException {
        return new JsonMapper().readTree(registry.orElseThrow().crane(command, image));
    }

    private String image(ServiceKind kind, String prefix) {
        return registry.orElseThrow().address() + "/" + prefix + "/tidegate/" + kind.module() + ":" + TAG;
    }
}
