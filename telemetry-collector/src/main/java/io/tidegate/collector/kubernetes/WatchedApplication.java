package io.tidegate.collector.kubernetes;

import io.tidegate.collector.kubernetes.PodIndex.Digest;
import io.tidegate.collector.kubernetes.RunObjects.Seen;
import io.tidegate.collector.kubernetes.SparkDrivers.Match;
import io.tidegate.collector.spark.DriverDirectory;
import io.tidegate.collector.spark.PolledDriver;
import io.tidegate.collector.world.SparkTarget;
import io.tidegate.contracts.fact.WorkloadFact;
import io.tidegate.contracts.fact.WorkloadFact.PodCounts;
import io.tidegate.contracts.fact.WorkloadFact.RunTemplate;
import io.tidegate.contracts.fact.WorkloadFact.ScaleResource;
import io.tidegate.contracts.fact.WorkloadFact.SparkDriver;
import io.tidegate.contracts.policy.ScaleTargetRef;
import io.tidegate.contracts.spark.ExecutorsState;
import io.tidegate.contracts.wire.AnnotationCodec;
import io.tidegate.contracts.wire.Excerpt;
import io.tidegate.contracts.wire.UnreadableRecordException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** One Spark application and what was told of it. Used by one thread. */
final class WatchedApplication {

    private static final int MOST_NAMED = 3;
    private static final int MOST_WORDS = 500;
    private static final String PLUGIN = "io.tidegate.spark.TidegatePlugin";

    private SparkTarget target;
    private Seen seen = new Seen.Unknown();
    private Match match = Match.NONE;
    private @Nullable Duration lastStart;
    private @Nullable WorkloadFact told;

    WatchedApplication(SparkTarget target) {
        this.target = target;
    }

    SparkTarget target() {
        return target;
    }

    /** Takes what is wanted of it; what another instance told meanwhile is not known. */
    void wanted(SparkTarget wanted) {
        target = wanted;
        if (!wanted.told()) {
            told = null;
        }
    }

    /** Looks at the operator's object, which says by what the driver of a run is known. */
    void look(RunObjects runs) {
        ScaleTargetRef object = target.object();
        if (object == null) {
            return;
        }
        seen = runs.see(target.workload().namespace(), object);
        if (target.recurs()) {
            target = target.running(
                    seen instanceof Seen.There there ? there.object().lastRun() : null);
        }
    }

    /** Whether enough is known to tell of it; which run of one that recurs counts, only its object says. */
    boolean isKnown() {
        return !target.recurs() || !(seen instanceof Seen.Unknown);
    }

    void matched(Match found) {
        match = found;
    }

    /** Id of the application that runs. */
    @Nullable
    String appId() {
        Digest driver = match.ruling();
        return driver == null ? null : SparkLabels.appId(driver.labels());
    }

    /** The driver, for those who get something from it. */
    Optional<Map.Entry<Digest, DriverDirectory.Driver>> driver() {
        Digest driver = match.ruling();
        String appId = appId();
        return driver == null || appId == null
                ? Optional.empty()
                : Optional.of(Map.entry(driver, new DriverDirectory.Driver(target.workload(), appId)));
    }

    /** The driver, if it runs and must be asked, since it does not tell of itself. */
    Optional<PolledDriver> polled() {
        Digest driver = match.ruling();
        String appId = appId();
        DriverPod pod = driver == null ? null : driver.driver();
        if (!target.sampled() || driver == null || !driver.isRunning() || appId == null || pod == null) {
            return Optional.empty();
        }
        String address = pod.address();
        return address == null || pod.answer() != null
                ? Optional.empty()
                : Optional.of(new PolledDriver(target.workload(), appId, address, pod.port()));
    }

    /** The fact, if it differs from the one told before. */
    @Nullable
    WorkloadFact news(PodIndex pods) {
        WorkloadFact fact = fact(pods);
        if (fact.equals(told)) {
            return null;
        }
        told = fact;
        return fact;
    }

    private WorkloadFact fact(PodIndex pods) {
        Digest driver = match.ruling();
        if (driver == null) {
            RunObject.Template template = target.recurs() && seen instanceof Seen.There there
                    ? there.object().template()
                    : null;
            return template == null
                    ? unscalable(PodCounts.NONE, 0, nothingRuns())
                    : betweenRuns((Seen.There) seen, template);
        }
        String appId = appId();
        if (appId == null) {
            return unscalable(
                    PodCounts.NONE,
                    0,
                    "the driver pod " + driver.name() + " has no label spark-app-selector, so that its"
                            + " executors are not known");
        }
        String namespace = driver.namespace();
        LabelQuery executors = SparkLabels.executors(appId);
        PodCounts counts = pods.count(namespace, executors);
        int running = pods.running(namespace, executors);
        lastStart = pods.lastStart(namespace, executors).orElse(lastStart);
        DriverPod pod = driver.driver();
        String answer = pod == null ? null : pod.answer();
        if (pod == null || answer == null) {
            return unscalable(counts, running, silent(driver));
        }
        try {
            return scalable(
                    new SparkDriver(
                            driver.name(), driver.uid(), appId, pod.run().run()),
                    AnnotationCodec.state(answer),
                    pod.run().refused(),
                    counts,
                    running);
        } catch (UnreadableRecordException e) {
            return unscalable(counts, running, cut("of the driver pod " + driver.name() + ", " + e.getMessage()));
        }
    }

    private WorkloadFact scalable(
            SparkDriver driver, ExecutorsState state, String refused, PodCounts counts, int running) {
        Integer cap = state.cap();
        String words = Stream.of(
                        Optional.ofNullable(state.problem()).map(problem -> "the plugin says: " + problem),
                        Optional.of(refused).filter(text -> !text.isEmpty()),
                        others())
                .flatMap(Optional::stream)
                .collect(Collectors.joining("; "));
        return new WorkloadFact(
                target.workload(),
                null,
                cap == null ? (Integer) state.granted() : cap,
                running,
                counts,
                lastStartMillis(),
                words.isEmpty() ? null : cut(words),
                driver);
    }

    private WorkloadFact betweenRuns(Seen.There there, RunObject.Template template) {
        ScaleResource resource = there.resource();
        return template.problem() != null
                ? unscalable(PodCounts.NONE, 0, cut("no run is on, and " + template.problem()))
                : new WorkloadFact(
                        target.workload(),
                        null,
                        template.executors(),
                        0,
                        PodCounts.NONE,
                        lastStartMillis(),
                        null,
                        null,
                        new RunTemplate(
                                resource.apiVersion(),
                                resource.plural(),
                                there.object().uid(),
                                template.dynamic()));
    }

    private WorkloadFact unscalable(PodCounts counts, int running, String problem) {
        return new WorkloadFact(target.workload(), null, null, running, counts, lastStartMillis(), problem, null);
    }

    private @Nullable Long lastStartMillis() {
        return lastStart == null ? null : (Long) lastStart.toMillis();
    }

    private String nothingRuns() {
        ScaleTargetRef object = target.object();
        String name = target.workload().kind() + " " + target.workload().name();
        return switch (seen) {
            case Seen.NoKind ignored
            when object != null -> "the API server has no kind " + object.kind() + " in " + object.apiVersion();
            case Seen.Absent ignored ->
                name + " does not exist in namespace " + target.workload().namespace();
            case Seen.There there
            when there.object().state() != null && match.senior() == null ->
                cut("no driver runs: " + name + " is " + there.object().state() + ", and " + noPod());
            case Seen.NoKind ignored -> withoutObject();
            case Seen.There ignored -> withoutObject();
            case Seen.Unknown ignored -> withoutObject();
        };
    }

    private String withoutObject() {
        return cut(
                match.senior() == null
                        ? "no driver runs: " + noPod()
                        : "the driver pods with the labels " + labels() + " are those of the older policy "
                                + match.senior());
    }

    private String noPod() {
        return "no pod with the labels spark-role=driver, " + labels() + " is there, or not finished";
    }

    private String labels() {
        return target.labels().entrySet().stream()
                .map(label -> label.getKey() + "=" + label.getValue())
                .sorted()
                .collect(Collectors.joining(", "));
    }

    private static String silent(Digest driver) {
        return driver.isRunning()
                ? "the driver pod " + driver.name()
                        + " has no answer of Tidegate's plugin, so that it can't be scaled: the"
                        + " plugin is not there, or has not begun; add its jar to the application, and " + PLUGIN
                        + " to spark.plugins"
                : "the driver pod " + driver.name() + " does not run yet";
    }

    private Optional<String> others() {
        List<String> others = match.others();
        if (others.isEmpty()) {
            return Optional.empty();
        }
        String named = others.stream().limit(MOST_NAMED).collect(Collectors.joining(", "));
        return Optional.of("other drivers match too, and are not scaled while this one runs: " + named
                + (others.size() > MOST_NAMED ? " and " + (others.size() - MOST_NAMED) + " more" : ""));
    }

    private static String cut(String words) {
        return Excerpt.line(words, MOST_WORDS);
    }
}
