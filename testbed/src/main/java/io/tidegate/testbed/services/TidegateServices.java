package io.tidegate.testbed.services;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinition;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.tidegate.testbed.Parts;
import io.tidegate.testbed.files.TestbedHome;
import io.tidegate.testbed.process.Progress;
import io.tidegate.testbed.process.TestbedException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** The custom resources, rights and service accounts as shipped, and one instance of each service. */
public final class TidegateServices implements AutoCloseable {

    /** Where the service accounts live. */
    public static final String NAMESPACE = "tidegate";

    /** Name of the cluster in ids. */
    public static final String CLUSTER = "testbed";

    private static final Duration READY_WITHIN = Duration.ofSeconds(90);

    private final Parts parts;
    private final List<ServiceProcess> processes = new ArrayList<>();

    private TidegateServices(Parts parts) {
        this.parts = parts;
    }

    /** Installs and starts all, and returns when all are ready. */
    public static TidegateServices start(Parts parts, Progress progress) {
        return start(parts, progress, Map.of());
    }

    /** As {@link #start(Parts, Progress)}, with further environment variables for some of the services. */
    public static TidegateServices start(
            Parts parts, Progress progress, Map<ServiceKind, Map<String, String>> settings) {
        return start(parts, progress, settings, EnumSet.allOf(ServiceKind.class));
    }

    /** As {@link #start(Parts, Progress, Map)}, of some of the services only: one engine serves several clusters. */
    public static TidegateServices start(
            Parts parts, Progress progress, Map<ServiceKind, Map<String, String>> settings, Set<ServiceKind> kinds) {
        TidegateServices services = new TidegateServices(parts);
        try {
            services.install();
            for (ServiceKind kind : kinds) {
                services.add(kind, kind.module() + "-0", settings.getOrDefault(kind, Map.of()));
            }
            for (ServiceProcess process : services.processes) {
                progress.during("starting the " + process.kind().module(), () -> {
                    process.awaitReady(READY_WITHIN);
                    return process;
                });
            }
            return services;
        } catch (RuntimeException e) {
            services.close();
            throw e;
        }
    }

    /** Starts one more instance and returns at once. */
    public ServiceProcess add(ServiceKind kind, String instance, Map<String, String> settings) {
        return add(kind, instance, settings, ServiceLaunch.PLAIN);
    }

    private ServiceProcess add(ServiceKind kind, String instance, Map<String, String> settings, ServiceLaunch how) {
        ServiceProcess process = ServiceProcess.start(parts, kind, instance, settings, how);
        processes.add(process);
        return process;
    }

    /**
     * Ends the first instance of a kind and starts it again in another way, with its name and its files and no further settings;
     * returns at once.
     */
    public ServiceProcess replace(ServiceKind kind, ServiceLaunch how) {
        ServiceProcess old = process(kind);
        old.close();
        processes.remove(old);
        return add(kind, kind.module() + "-0", Map.of(), how);
    }

    public List<ServiceProcess> processes() {
        return List.copyOf(processes);
    }

    /** The first instance of a kind. */
    public ServiceProcess process(ServiceKind kind) {
        return processes.stream()
                .filter(process -> process.kind() == kind)
                .findFirst()
                .orElseThrow(() -> new TestbedException("No instance of " + kind.module() + " runs."));
    }

    private void install() {
        KubernetesClient client = parts.controlPlane().client();
        List<HasMetadata> crds = apply(client, "k8s/crds");
        for (HasMetadata crd : crds) {
            client.resource(crd)
                    .waitUntilCondition(TidegateServices::established, READY_WITHIN.toMillis(), TimeUnit.MILLISECONDS);
        }
        apply(client, "k8s/rbac");
    }

    private static boolean established(HasMetadata resource) {
        return resource instanceof CustomResourceDefinition crd
                && crd.getStatus() != null
                && crd.getStatus().getConditions() != null
                && crd.getStatus().getConditions().stream()
                        .anyMatch(condition -> condition.getType().equals("Established")
                                && condition.getStatus().equals("True"));
    }

    private static List<HasMetadata> apply(KubernetesClient client, String folder) {
        List<HasMetadata> applied = new ArrayList<>();
        for (Path manifest : manifests(TestbedHome.root().resolve(folder))) {
            try (InputStream content = Files.newInputStream(manifest)) {
                applied.addAll(client.load(content).serverSideApply());
            } catch (IOException e) {
                throw new TestbedException("Cannot read " + manifest + ".", e);
            }
        }
        return applied;
    }

    /** The manifests of a folder, those of namespaces first. */
    private static List<Path> manifests(Path folder) {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.toString().endsWith(".yaml"))
                    .sorted(Comparator.comparing((Path file) -> !file.endsWith("namespace.yaml"))
                            .thenComparing(Path::getFileName))
                    .toList();
        } catch (IOException e) {
            throw new TestbedException("Cannot list " + folder + ".", e);
        }
    }

    @Override
    public void close() {
        for (ServiceProcess process : processes.reversed()) {
            process.process().terminate();
        }
        for (ServiceProcess process : processes.reversed()) {
            process.close();
        }
    }
}
