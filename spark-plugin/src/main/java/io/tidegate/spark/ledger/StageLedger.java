package io.tidegate.spark.ledger;

import io.tidegate.spark.ledger.Stage.State;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerEvent;
import org.apache.spark.scheduler.SparkListenerExecutorAdded;
import org.apache.spark.scheduler.SparkListenerExecutorRemoved;
import org.apache.spark.scheduler.SparkListenerJobEnd;
import org.apache.spark.scheduler.SparkListenerJobStart;
import org.apache.spark.scheduler.SparkListenerStageCompleted;
import org.apache.spark.scheduler.SparkListenerStageSubmitted;
import org.apache.spark.scheduler.SparkListenerTaskEnd;
import org.apache.spark.scheduler.SparkListenerTaskStart;
import org.apache.spark.scheduler.StageInfo;
import org.apache.spark.scheduler.TaskInfo;
import org.apache.spark.sql.execution.ui.SparkListenerSQLExecutionEnd;
import org.jspecify.annotations.Nullable;

/**
 * Jobs, stages and executors as they are at any moment. Keeps what runs and what will, and of what is over only the stages of
 * a query that runs: adaptive queries have one job for each shuffle, and read it in another.
 */
public final class StageLedger extends SparkListener {
    /** Id of the resource profile that executors have unless a job asks for another. */
    public static final int DEFAULT_PROFILE = 0;

    /** Stages that are kept; those of a job beyond are counted only. Each takes about 1 KiB. */
    private static final int MAX_STAGES = 2000;

    /** Spark marks the jobs of a query with it. */
    private static final String QUERY = "spark.sql.execution.id";

    private final InstantSource clock;
    private final Consumer<RuntimeException> faults;
    private final Runnable registered;
    private final Map<Integer, Stage> stages = new LinkedHashMap<>();
    /** Stages of each job that were too many to keep. */
    private final Map<Integer, Integer> jobs = new HashMap<>();

    private final Roster roster = new Roster();

    private long idleSince;
    private long revision;

    /**
     * An empty ledger.
     *
     * @param faults takes what goes wrong; nothing is ever thrown at Spark
     * @param registered runs when an executor of the default profile has registered
     */
    public StageLedger(InstantSource clock, Consumer<RuntimeException> faults, Runnable registered) {
        this.clock = clock;
        this.faults = faults;
        this.registered = registered;
        idleSince = clock.millis();
    }

    private <E extends SparkListenerEvent> void take(E event, Consumer<E> change) {
        try {
            synchronized (this) {
                change.accept(event);
                revision++;
            }
        } catch (RuntimeException e) {
            faults.accept(e);
        }
    }

    @Override
    public void onJobStart(SparkListenerJobStart event) {
        take(event, this::jobStarted);
    }

    private void jobStarted(SparkListenerJobStart event) {
        int omitted = 0;
        String query = event.properties() == null ? null : event.properties().getProperty(QUERY);
        for (StageInfo info : ScalaLists.<StageInfo>list(event.stageInfos())) {
            Stage stage = keep(info);
            if (stage == null) {
                omitted++;
            } else {
                stage.jobs().add(event.jobId());
                if (query != null) {
                    stage.queries().add(Long.valueOf(query));
                }
            }
        }
        jobs.put(event.jobId(), omitted);
    }

    private @Nullable Stage keep(StageInfo info) {
        Stage stage = stages.get(info.stageId());
        if (stage == null && stages.size() < MAX_STAGES) {
            stage = new Stage(info);
            stages.put(info.stageId(), stage);
        }
        return stage;
    }

    @Override
    public void onJobEnd(SparkListenerJobEnd event) {
        take(event, this::jobEnded);
    }

    private void jobEnded(SparkListenerJobEnd event) {
        jobs.remove(event.jobId());
        stages.values().removeIf(stage -> {
            stage.jobs().remove(event.jobId());
            return stage.isOver();
        });
        if (jobs.isEmpty()) {
            idleSince = clock.millis();
        }
    }

    @Override
    public void onOtherEvent(SparkListenerEvent event) {
        if (event instanceof SparkListenerSQLExecutionEnd query) {
            take(
                    query,
                    end -> stages.values().removeIf(stage -> {
                        stage.queries().remove(end.executionId());
                        return stage.isOver();
                    }));
        }
    }

    @Override
    public void onStageSubmitted(SparkListenerStageSubmitted event) {
        take(event, this::stageSubmitted);
    }

    private void stageSubmitted(SparkListenerStageSubmitted event) {
        Stage stage = keep(event.stageInfo());
        if (stage != null) {
            stage.submitted(event.stageInfo(), clock.millis());
            skipParents(stage, new HashSet<>());
        }
    }

    /** A stage runs when its parents' output is there; a parent that never ran left it in an earlier job. */
    private void skipParents(Stage stage, Set<Integer> seen) {
        for (int id : stage.parents()) {
            Stage parent = stages.get(id);
            if (parent != null && seen.add(id)) {
                parent.skip();
                skipParents(parent, seen);
            }
        }
    }

    @Override
    public void onStageCompleted(SparkListenerStageCompleted event) {
        take(event, completed -> {
            Stage stage = stages.get(completed.stageInfo().stageId());
            if (stage != null && stage.attempt() == completed.stageInfo().attemptNumber()) {
                stage.completed(completed.stageInfo().failureReason().isEmpty());
            }
        });
    }

    @Override
    public void onTaskStart(SparkListenerTaskStart event) {
        take(event, started -> {
            TaskInfo task = started.taskInfo();
            roster.started(task.executorId(), task.taskId());
            Stage stage = stages.get(started.stageId());
            if (stage != null) {
                stage.started(task.taskId(), task.executorId(), clock.millis());
            }
        });
    }

    @Override
    public void onTaskEnd(SparkListenerTaskEnd event) {
        take(event, this::taskEnded);
    }

    private void taskEnded(SparkListenerTaskEnd event) {
        TaskInfo task = event.taskInfo();
        roster.ended(task.executorId(), task.taskId(), clock.millis());
        Stage stage = stages.get(event.stageId());
        if (stage == null) {
            return;
        }
        stage.ended(task.taskId());
        if (stage.attempt() != event.stageAttemptId()) {
            return;
        }
        if (task.successful()) {
            stage.succeeded(task.index(), task.duration());
            if (event.taskMetrics() != null) {
                stage.wrote(event.taskMetrics().shuffleWriteMetrics().bytesWritten());
            }
        } else if (task.failed()) {
            stage.failed();
        }
    }

    @Override
    public void onExecutorAdded(SparkListenerExecutorAdded event) {
        take(event, added -> {
            int profile = added.executorInfo().resourceProfileId();
            roster.added(added.executorId(), profile, clock.millis());
            if (profile == DEFAULT_PROFILE) {
                registered.run();
            }
        });
    }

    /** Told twice of an executor that was let go. */
    @Override
    public void onExecutorRemoved(SparkListenerExecutorRemoved event) {
        take(event, removed -> {
            roster.removed(removed.executorId());
            stages.values().forEach(stage -> stage.lost(removed.executorId()));
        });
    }

    /** Rises with each event. */
    public synchronized long revision() {
        return revision;
    }

    /** Registered executors of a resource profile. */
    public synchronized Set<String> executors(int profile) {
        return roster.of(profile);
    }

    /** Running tasks of each executor that has some. */
    public synchronized Map<String, Integer> runningTasks() {
        return roster.runningTasks();
    }

    /** Registered executors that run no task, those that have run none for longest first. */
    public synchronized List<IdleExecutor> idle() {
        return roster.idle(clock.millis());
    }

    /** Jobs and unfinished stages, at most this many stages, those that run first. */
    public synchronized JobsView view(int most) {
        long now = clock.millis();
        List<Stage> unfinished = stages.values().stream()
                .filter(stage -> stage.state() == State.ACTIVE || stage.state() == State.WAITING)
                .sorted(Comparator.comparing((Stage stage) -> stage.state() != State.ACTIVE)
                        .thenComparingInt(Stage::id))
                .toList();
        List<StageView> views = new ArrayList<>();
        unfinished.stream().limit(most).forEach(stage -> views.add(stage.view(now)));
        int omitted = unfinished.size()
                - views.size()
                + jobs.values().stream().mapToInt(Integer::intValue).sum();
        return new JobsView(jobs.size(), jobs.isEmpty() ? Math.max(0, now - idleSince) : 0, views, omitted);
    }

    /** Who reads which shuffle, now and soon. */
    public synchronized ShuffleReaders readers() {
        return new Shuffles(stages).readers(jobs.values().stream().anyMatch(omitted -> omitted > 0));
    }

    /** Who writes which shuffle. */
    public synchronized ShuffleWriters writers() {
        return new Shuffles(stages).writers();
    }
}
