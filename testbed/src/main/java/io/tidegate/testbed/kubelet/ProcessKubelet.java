package io.tidegate.testbed.kubelet;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.informers.ResourceEventHandler;
import io.fabric8.kubernetes.client.jdkhttp.JdkHttpClientFactory;
import io.tidegate.testbed.process.ChildProcess;
import java.lang.System.Logger.Level;
import java.net.URL;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;

/** A node of the cluster whose pods run as processes of this machine, until it is closed. */
public final class ProcessKubelet implements AutoCloseable, ResourceEventHandler<Pod> {
    /** Annotation of pods whose container makes the file $READY_FILE when it is ready; its value is {@code file}. */
    public static final String READY_ANNOTATION = RunningContainer.READY_ANNOTATION;

    private static final System.Logger LOG = System.getLogger(ProcessKubelet.class.getName());
    private static final Duration END_LIMIT = Duration.ofSeconds(5);

    private final KubernetesClient client;
    private final KubeletOptions options;
    private final NodeRegistration registration;
    private final PodContext context;
    private final Map<String, PodWorker> workers = new ConcurrentHashMap<>();
    private final Map<String, UsageMeter> meters = new ConcurrentHashMap<>();
    private volatile boolean closing;

    private ProcessKubelet(KubernetesClient client, KubeletOptions options) {
        this.client = client;
        this.options = options;
        this.registration = new NodeRegistration(client, options);
        ScheduledExecutorService scheduler = Executors.newScheduledThreadPool(
                2,
                task -> Thread.ofPlatform()
                        .daemon()
                        .name("kubelet-" + options.node())
                        .unstarted(task));
        URL server = client.getMasterUrl();
        Map<String, String> variables = Map.of(
                "KUBERNETES_SERVICE_HOST",
                server.getHost(),
                "KUBERNETES_SERVICE_PORT",
                String.valueOf(server.getPort() < 0 ? server.getDefaultPort() : server.getPort()));
        this.context = new PodContext(
                options, new PodApi(client), new LoopbackAddresses(), new ReadyFiles(), variables, scheduler);
    }

    /** Registers the node and returns when pods can be scheduled on it. */
    public static ProcessKubelet start(Config configuration, KubeletOptions options) {
        KubernetesClient client = new KubernetesClientBuilder()
                .withHttpClientFactory(new JdkHttpClientFactory())
                .withConfig(configuration)
                .build();
        ProcessKubelet kubelet = new ProcessKubelet(client, options);
        try {
            kubelet.start();
            return kubelet;
        } catch (RuntimeException e) {
            kubelet.close();
            throw e;
        }
    }

    private void start() {
        registration.register();
        try {
            var informer = client.pods()
                    .inAnyNamespace()
                    .withField("spec.nodeName", options.node())
                    .runnableInformer(0)
                    .addEventHandler(this);
            informer.start().toCompletableFuture().get(30, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException | TimeoutException e) {
            throw new KubernetesClientException("Cannot watch the pods of node " + options.node(), e);
        }
        repeat(NodeRegistration.RENEW_PERIOD, registration::renew);
        repeat(options.usagePeriod(), this::publishUsage);
    }

    /** The name of its node. */
    public String node() {
        return options.node();
    }

    /** The processes of a namespace's pods that run now, for measuring what they cost. */
    public List<ChildProcess> processes(String namespace) {
        List<ChildProcess> processes = new ArrayList<>();
        for (PodWorker worker : workers.values()) {
            if (worker.pod().getMetadata().getNamespace().equals(namespace)) {
                for (ContainerRun run : worker.runs().values()) {
                    ChildProcess process = run.process();
                    if (process != null) {
                        processes.add(process);
                    }
                }
            }
        }
        return processes;
    }

    @Override
    public void onAdd(Pod pod) {
        if (closing) {
            return;
        }
        String uid = pod.getMetadata().getUid();
        workers.computeIfAbsent(uid, key -> {
                    PodWorker worker = new PodWorker(context, pod, () -> {
                        workers.remove(uid);
                        meters.remove(uid);
                    });
                    Thread.ofVirtual()
                            .name("pod-" + pod.getMetadata().getName())
                            .start(worker);
                    return worker;
                })
                .post(new PodEvent.Observed(pod));
    }

    @Override
    public void onUpdate(Pod before, Pod pod) {
        PodWorker worker = workers.get(pod.getMetadata().getUid());
        if (worker == null) {
            onAdd(pod);
        } else {
            worker.post(new PodEvent.Observed(pod));
        }
    }

    @Override
    public void onDelete(Pod pod, boolean finalStateUnknown) {
        PodWorker worker = workers.get(pod.getMetadata().getUid());
        if (worker != null) {
            worker.post(new PodEvent.Removed());
        }
    }

    private void publishUsage() {
        for (Map.Entry<String, PodWorker> entry : workers.entrySet()) {
            PodWorker worker = entry.getValue();
            UsageMeter meter = meters.computeIfAbsent(entry.getKey(), uid -> new UsageMeter());
            List<Map<String, Object>> containers = new ArrayList<>();
            for (ContainerRun run : worker.runs().values()) {
                ChildProcess process = run.process();
                if (process != null) {
                    process.usage()
                            .flatMap(usage -> meter.read(run.name(), process.pid(), usage, System.nanoTime()))
                            .ifPresent(containers::add);
                }
            }
            if (!containers.isEmpty()) {
                context.api()
                        .publishUsage(
                                worker.pod(),
                                containers,
                                Instant.now(),
                                Math.max(1, options.usagePeriod().toSeconds()));
            }
        }
    }

    /** Repeats in the scheduler's thread; a failure is logged and does not end the repetition. */
    private void repeat(Duration period, Runnable action) {
        Runnable guarded = () -> {
            try {
                action.run();
            } catch (KubernetesClientException e) {
                LOG.log(closing ? Level.DEBUG : Level.WARNING, "Node " + options.node(), e);
            }
        };
        var unused = context.scheduler()
                .scheduleAtFixedRate(guarded, period.toMillis(), period.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** Ends all pods' processes, SIGTERM first, and removes the node. */
    @Override
    public void close() {
        if (closing) {
            return;
        }
        closing = true;
        workers.values().forEach(worker -> worker.post(new PodEvent.Shutdown()));
        long deadline = System.nanoTime() + END_LIMIT.toNanos();
        while (!workers.isEmpty() && System.nanoTime() < deadline) {
            LockSupport.parkNanos(Duration.ofMillis(10).toNanos());
        }
        registration.remove();
        context.scheduler().shutdownNow();
        context.readyFiles().close();
        client.close();
    }
}
