package io.tidegate.decision.simulation.spark;

import io.tidegate.decision.model.ExecutorCounts;
import io.tidegate.decision.model.Reading;
import io.tidegate.decision.model.StageReading;
import io.tidegate.decision.model.StageState;
import io.tidegate.decision.model.TaskTimes;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Executors and the driver's scheduler: tasks of active stages are given in order to free slots, one executor after the
 * other; a stage is active when its parents are over. Deterministic for a seed. An executor is paid for from the moment
 * that it is asked for.
 */
final class Cluster {
    private static final int SEED = 7;
    private static final long DRAIN_WAVE_MS = 1_000;
    private static final long DRAIN_MS = 1_500;

    private final Plan plan;
    private final int slots;
    private final long startMillis;
    private final boolean holding;
    private final Random random;
    private final List<Executor> executors = new ArrayList<>();
    private final List<StageRun> stages = new ArrayList<>();
    private int job = -1;
    private long jobEndedAt;
    private long nextJobAt;
    private long nextWaveAt;
    private long lastStart = -1;
    private int offset;
    private long paidMillis;
    private boolean finished;

    /** @param holding whether executors stay whose shuffle is needed, and while they start */
    Cluster(Plan plan, int slots, long startMillis, int initial, boolean holding) {
        this.plan = plan;
        this.slots = slots;
        this.startMillis = startMillis;
        this.holding = holding;
        this.random = new Random(SEED);
        this.nextJobAt = plan.gapMillis();
        for (int i = 0; i < initial; i++) {
            executors.add(new Executor(-startMillis, 0));
        }
    }

    private static final class Executor {
        private final long askedAt;
        private final long readyAt;
        private final List<Task> tasks = new ArrayList<>();
        private final Set<StageRun> wrote = new HashSet<>();
        private boolean registered;
        private long drainingSince = -1;
        private long idleSince;

        Executor(long askedAt, long readyAt) {
            this.askedAt = askedAt;
            this.readyAt = readyAt;
        }

        boolean works() {
            return registered && drainingSince < 0;
        }
    }

    private record Task(StageRun stage, long startedAt, long endsAt) {}

    /** A stage of the job under way. */
    private static final class StageRun {
        private final Plan.Stage stage;
        private final long[] done;
        private int started;
        private int ended;
        private long submittedAt = -1;

        StageRun(Plan.Stage stage) {
            this.stage = stage;
            this.done = new long[stage.taskMillis().size()];
        }

        boolean over() {
            return ended == done.length;
        }
    }

    /** Moves time to {@code now}; true while there is something to do. */
    boolean advance(long now, long step, Sizer sizer) {
        for (Executor executor : executors) {
            if (!executor.registered && executor.readyAt <= now) {
                executor.registered = true;
                executor.idleSince = now;
                lastStart = executor.readyAt - executor.askedAt;
            }
            endTasks(executor, now);
        }
        driver(now);
        if (finished) {
            return false;
        }
        size(sizer, now);
        leave(sizer, now);
        give(now);
        paidMillis += executors.size() * step;
        return true;
    }

    private void endTasks(Executor executor, long now) {
        boolean worked = !executor.tasks.isEmpty();
        executor.tasks.removeIf(task -> {
            if (task.endsAt > now) {
                return false;
            }
            task.stage.done[task.stage.ended++] = task.endsAt - task.startedAt;
            executor.wrote.add(task.stage);
            return true;
        });
        if (worked && executor.tasks.isEmpty()) {
            executor.idleSince = now;
        }
    }

    private void driver(long now) {
        if (!stages.isEmpty() && stages.stream().allMatch(StageRun::over)) {
            stages.clear();
            jobEndedAt = now;
            nextJobAt = now + plan.gapMillis();
        }
        if (stages.isEmpty() && job + 1 == plan.jobs().size()) {
            finished = true;
        } else if (stages.isEmpty() && now >= nextJobAt) {
            job++;
            plan.jobs().get(job).stages().forEach(stage -> stages.add(new StageRun(stage)));
        }
        for (StageRun stage : stages) {
            if (stage.submittedAt < 0 && active(stage)) {
                stage.submittedAt = now;
            }
        }
    }

    private boolean active(StageRun stage) {
        return stages.stream()
                .allMatch(other -> other.over() || !stage.stage.parents().contains(other.stage.id()));
    }

    private void size(Sizer sizer, long now) {
        int wanted = sizer.target();
        long staying = executors.stream().filter(one -> one.drainingSince < 0).count();
        for (; staying < wanted; staying++) {
            executors.add(new Executor(now, now + Math.round(startMillis * (0.9 + 0.2 * random.nextDouble()))));
        }
        for (int i = executors.size() - 1; i >= 0 && staying > wanted && !holding; i--) {
            if (!executors.get(i).registered) {
                executors.remove(i);
                staying--;
            }
        }
        if (sizer.drains() && staying > wanted && now >= nextWaveAt) {
            long wave = Math.min(staying - wanted, Math.max(1, staying / 4));
            for (long i = 0; i < wave; i++) {
                drain(now);
            }
            nextWaveAt = now + DRAIN_WAVE_MS;
        }
    }

    /** Whether a stage that runs reads what the executor has written, or one that waits will, unless {@code active}. */
    private boolean holds(Executor executor, boolean active) {
        return holding
                && stages.stream()
                        .filter(reader -> !reader.over() && (!active || reader.submittedAt >= 0))
                        .anyMatch(reader -> executor.wrote.stream()
                                .anyMatch(stage -> stages.contains(stage)
                                        && reader.stage.parents().contains(stage.stage.id())));
    }

    private void drain(long now) {
        executors.stream()
                .filter(executor -> executor.works() && !holds(executor, true))
                .min((a, b) -> Integer.compare(a.tasks.size(), b.tasks.size()))
                .ifPresent(victim -> victim.drainingSince = now);
    }

    private void leave(Sizer sizer, long now) {
        executors.removeIf(executor ->
                executor.drainingSince >= 0 && executor.tasks.isEmpty() && now >= executor.drainingSince + DRAIN_MS);
        long timeout = sizer.idleTimeoutMillis();
        int most = registered() - sizer.target();
        for (int i = executors.size() - 1; i >= 0 && most > 0 && timeout < Long.MAX_VALUE; i--) {
            Executor executor = executors.get(i);
            boolean idle = executor.works() && executor.tasks.isEmpty() && !holds(executor, false);
            if (idle && now - executor.idleSince >= timeout) {
                executors.remove(i);
                most--;
            }
        }
    }

    private void give(long now) {
        int count = executors.size();
        for (int round = 0; round < slots; round++) {
            for (int i = 0; i < count; i++) {
                Executor executor = executors.get((i + offset) % count);
                if (executor.works() && executor.tasks.size() <= round) {
                    StageRun stage = next();
                    if (stage == null) {
                        return;
                    }
                    long millis = stage.stage.taskMillis().get(stage.started++);
                    executor.tasks.add(new Task(stage, now, now + millis));
                }
            }
        }
        offset++;
    }

    private @Nullable StageRun next() {
        for (StageRun stage : stages) {
            if (stage.submittedAt >= 0 && stage.started < stage.done.length) {
                return stage;
            }
        }
        return null;
    }

    int slots() {
        return slots;
    }

    int pending() {
        return stages.stream()
                .filter(stage -> stage.submittedAt >= 0)
                .mapToInt(stage -> stage.done.length - stage.started)
                .sum();
    }

    int runningTasks() {
        return executors.stream().mapToInt(executor -> executor.tasks.size()).sum();
    }

    int registered() {
        return (int) executors.stream().filter(Executor::works).count();
    }

    double executorSeconds() {
        return paidMillis / 1e3;
    }

    /** What the driver tells of it. */
    Reading.Spark reading(int asked, long now, String application) {
        int busy = (int) executors.stream()
                .filter(one -> one.works() && !one.tasks.isEmpty())
                .count();
        int draining =
                (int) executors.stream().filter(one -> one.drainingSince >= 0).count();
        List<StageReading> told = new ArrayList<>();
        stages.stream()
                .filter(stage -> stage.submittedAt >= 0 && !stage.over())
                .forEach(stage -> told.add(reading(stage, now)));
        stages.stream().filter(stage -> stage.submittedAt < 0).forEach(stage -> told.add(reading(stage, now)));
        return new Reading.Spark(
                application,
                true,
                slots,
                OptionalLong.of(now),
                new ExecutorCounts(
                        Math.ceilDiv(pending() + runningTasks(), slots),
                        asked,
                        registered(),
                        busy,
                        draining,
                        lastStart < 0 ? OptionalLong.empty() : OptionalLong.of(lastStart)),
                stages.isEmpty() ? 0 : 1,
                stages.isEmpty() ? now - jobEndedAt : 0,
                told,
                0,
                List.of());
    }

    private StageReading reading(StageRun run, long now) {
        long oldest = executors.stream()
                .flatMap(executor -> executor.tasks.stream())
                .filter(task -> task.stage == run)
                .mapToLong(task -> now - task.startedAt)
                .max()
                .orElse(0);
        long[] times = Arrays.copyOf(run.done, run.ended);
        Arrays.sort(times);
        Optional<TaskTimes> told = run.ended == 0
                ? Optional.empty()
                : Optional.of(new TaskTimes(
                        Arrays.stream(times).sum(),
                        times[(run.ended - 1) / 2],
                        times[(int) Math.floor((run.ended - 1) * 0.95)],
                        times[run.ended - 1]));
        return new StageReading(
                run.stage.id(),
                0,
                job,
                run.submittedAt < 0 ? StageState.WAITING : StageState.ACTIVE,
                run.done.length,
                run.started - run.ended,
                run.ended,
                0,
                told,
                oldest,
                run.submittedAt < 0 ? 0 : now - run.submittedAt,
                run.stage.parents(),
                !run.stage.parents().isEmpty());
    }
}
