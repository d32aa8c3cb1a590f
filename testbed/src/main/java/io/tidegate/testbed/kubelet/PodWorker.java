package io.tidegate.testbed.kubelet;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.tidegate.testbed.process.ChildProcess;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.jspecify.annotations.Nullable;

/**
 * One pod: starts its containers, follows them, reports them and ends them. All its work is done by one thread, fed by
 * a queue; each batch of events costs at most one write of the status.
 */
final class PodWorker implements Runnable {
    private static final System.Logger LOG = System.getLogger(PodWorker.class.getName());

    /** Time to end by itself for a pod that the API server has forgotten, or whose kubelet ends. */
    private static final Duration SHORT_GRACE = Duration.ofSeconds(2);

    /**
     * Time that a container has between its preStop signal and SIGTERM: Spark's decommission script waits so long for
     * the executor's end.
     */
    private static final Duration LONGEST_PRE_STOP = Duration.ofSeconds(60);

    private static final Duration VOLUME_RETRY = Duration.ofMillis(250);

    private final PodContext context;
    private final BlockingQueue<PodEvent> events = new LinkedBlockingQueue<>();
    private final Map<String, ContainerRun> runs = new LinkedHashMap<>();
    private final Map<String, RunningContainer> running = new LinkedHashMap<>();
    private final Runnable whenDone;
    private final String ip;
    private final PodVolumes volumes;
    private final Instant startTime = Instant.now();
    private volatile Pod pod;
    private boolean begun;
    private boolean ending;
    private boolean silent;
    private boolean dirty;
    private boolean done;

    PodWorker(PodContext context, Pod pod, Runnable whenDone) {
        this.context = context;
        this.pod = pod;
        this.whenDone = whenDone;
        this.ip = context.addresses().take();
        this.volumes = new PodVolumes(context, pod);
        for (Container container : pod.getSpec().getContainers()) {
            runs.put(container.getName(), new ContainerRun(container.getName()));
        }
    }

    void post(PodEvent event) {
        events.add(event);
    }

    Pod pod() {
        return pod;
    }

    PodContext context() {
        return context;
    }

    PodVolumes volumes() {
        return volumes;
    }

    /** The pod's address. */
    String ip() {
        return ip;
    }

    Map<String, ContainerRun> runs() {
        return runs;
    }

    @Override
    public void run() {
        try {
            while (!done) {
                for (PodEvent event = events.take(); event != null && !done; event = events.poll()) {
                    handle(event);
                }
                if (dirty && !silent) {
                    writeStatus();
                }
                if (ending && running.isEmpty()) {
                    finish();
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            running.values().forEach(container -> container.process().kill());
            volumes.close();
            context.addresses().giveBack(ip);
            whenDone.run();
        }
    }

    private void handle(PodEvent event) {
        switch (event) {
            case PodEvent.Observed observed -> observe(observed.pod());
            case PodEvent.Ended ended -> ended(ended);
            case PodEvent.Probed probed -> probed(probed);
            case PodEvent.RestartDue due -> restart(due.container());
            case PodEvent.PreStopOver over ->
                running.values().forEach(container -> container.process().terminate());
            case PodEvent.GraceOver over ->
                running.values().forEach(container -> container.process().kill());
            case PodEvent.WriteAgain again -> dirty = true;
            case PodEvent.Removed removed -> endSilently();
            case PodEvent.Shutdown shutdown -> endSilently();
        }
    }

    private void observe(Pod observed) {
        pod = observed;
        if (!begun) {
            begun = true;
            if (!PodContext.isFinished(observed) && observed.getMetadata().getDeletionTimestamp() == null) {
                observed.getSpec().getContainers().forEach(this::launch);
            }
            dirty = !PodContext.isFinished(observed);
        }
        if (observed.getMetadata().getDeletionTimestamp() != null && !ending) {
            Long grace = observed.getMetadata().getDeletionGracePeriodSeconds();
            end(Duration.ofSeconds(grace == null ? 30 : grace));
        }
        if (!PodContext.showsSameResources(observed)) {
            dirty = true;
        }
    }

    private void launch(Container container) {
        ContainerRun run = run(container.getName());
        try {
            RunningContainer started = RunningContainer.start(this, pod, container);
            running.put(container.getName(), started);
            run.started(started.process(), Instant.now());
            if (started.readyAtOnce()) {
                run.setReady(true);
            }
        } catch (ContainerLaunch.UnsupportedException e) {
            run.waiting("CreateContainerConfigError", String.valueOf(e.getMessage()));
        } catch (PodVolumes.NotYetException e) {
            run.waiting("ContainerCreating", String.valueOf(e.getMessage()));
            context.later(VOLUME_RETRY, () -> post(new PodEvent.RestartDue(container.getName())));
        }
        dirty = true;
    }

    private void restart(String name) {
        if (!ending && !run(name).isRunning()) {
            pod.getSpec().getContainers().stream()
                    .filter(container -> container.getName().equals(name))
                    .forEach(this::launch);
        }
    }

    private void ended(PodEvent.Ended ended) {
        @Nullable RunningContainer container = running.get(ended.container());
        if (container == null || container.process() != ended.process()) {
            return;
        }
        running.remove(ended.container());
        container.close();
        ContainerRun run = run(ended.container());
        int restarts = run.ended(ended.exitCode(), container.terminationMessage(), Instant.now());
        dirty = true;
        RestartPolicy policy = RestartPolicy.of(
                pod.getSpec().getRestartPolicy(), context.options().firstBackOff());
        if (ending || !policy.restarts(ended.exitCode())) {
            return;
        }
        Duration wait = policy.wait(restarts);
        if (wait.isZero()) {
            restart(ended.container());
        } else {
            run.waiting(
                    "CrashLoopBackOff",
                    "back-off " + wait.toSeconds() + "s restarting failed container=" + ended.container());
            context.later(wait, () -> post(new PodEvent.RestartDue(ended.container())));
        }
    }

    private void probed(PodEvent.Probed probed) {
        ContainerRun run = run(probed.container());
        if (run.process() == probed.process() && run.setReady(probed.ready())) {
            dirty = true;
        }
    }

    private void end(Duration grace) {
        ending = true;
        boolean waits = false;
        for (RunningContainer container : running.values()) {
            if (!silent && container.preStop()) {
                waits = true;
            } else {
                container.process().terminate();
            }
        }
        Duration kill = grace;
        if (waits) {
            Duration preStop = grace.compareTo(LONGEST_PRE_STOP) < 0 ? grace : LONGEST_PRE_STOP;
            context.later(preStop, () -> post(new PodEvent.PreStopOver()));
            kill = grace.compareTo(preStop.plus(SHORT_GRACE)) > 0 ? grace : preStop.plus(SHORT_GRACE);
        }
        if (!running.isEmpty()) {
            context.later(kill, () -> post(new PodEvent.GraceOver()));
        }
    }

    /** The API server wants to know no more of it. */
    private void endSilently() {
        silent = true;
        if (ending) {
            context.later(SHORT_GRACE, () -> post(new PodEvent.GraceOver()));
        } else {
            end(SHORT_GRACE);
        }
    }

    private void finish() {
        done = true;
        if (!silent) {
            context.tryApi("remove pod", () -> context.api().remove(pod));
        }
        context.tryApi("remove usage", () -> context.api().removeUsage(pod));
    }

    private void writeStatus() {
        dirty = false;
        try {
            pod = context.api().writeStatus(pod, PodStatusPatch.of(pod, runs, ip, startTime, Instant.now()));
        } catch (KubernetesClientException e) {
            LOG.log(
                    Level.WARNING,
                    "Cannot write the status of pod " + pod.getMetadata().getName(),
                    e);
            context.later(Duration.ofSeconds(1), () -> post(new PodEvent.WriteAgain()));
        }
    }

    private ContainerRun run(String name) {
        return runs.computeIfAbsent(name, ContainerRun::new);
    }

    /** Tells this worker the end of a process. */
    void follow(String container, ChildProcess process) {
        var unused = process.exited().thenAccept(code -> post(new PodEvent.Ended(container, process, code)));
    }
}
