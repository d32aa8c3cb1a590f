package io.tidegate.decision;

import io.tidegate.decision.model.ExecutorCounts;
import io.tidegate.decision.model.Pods;
import io.tidegate.decision.model.QueryReading;
import io.tidegate.decision.model.Reading;
import io.tidegate.decision.model.SignalSample;
import io.tidegate.decision.model.Snapshot;
import io.tidegate.decision.model.StageReading;
import io.tidegate.decision.model.StageState;
import io.tidegate.decision.model.TargetState;
import io.tidegate.decision.model.TaskTimes;
import io.tidegate.decision.policy.Mode;
import io.tidegate.decision.policy.Objective;
import io.tidegate.decision.policy.Policy;
import io.tidegate.decision.policy.SparkSignal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;

/** Builds the state of a Spark application for tests, in few words: one job is active, executors have four slots. */
public record Application(Reading.Spark reading, int asked) {
    /** {@code running} executors, all busy, of {@code asked}. */
    public static Application of(int asked, int running) {
        ExecutorCounts executors = new ExecutorCounts(asked, asked, running, running, 0, OptionalLong.of(6_000));
        return new Application(
                new Reading.Spark("spark-1", true, 4, OptionalLong.empty(), executors, 1, 0, List.of(), 0, List.of()),
                asked);
    }

    public Application run(String id) {
        Reading.Spark old = reading;
        return with(new Reading.Spark(
                id,
                old.dynamic(),
                old.slots(),
                old.upMillis(),
                old.executors(),
                old.activeJobs(),
                old.idleMillis(),
                old.stages(),
                old.omittedStages(),
                old.queries()));
    }

    /** Dynamic allocation is off. */
    public Application managed() {
        Reading.Spark old = reading;
        return with(new Reading.Spark(
                old.application(),
                false,
                old.slots(),
                old.upMillis(),
                old.executors(),
                old.activeJobs(),
                old.idleMillis(),
                old.stages(),
                old.omittedStages(),
                old.queries()));
    }

    public Application up(long millis) {
        Reading.Spark old = reading;
        return with(new Reading.Spark(
                old.application(),
                old.dynamic(),
                old.slots(),
                OptionalLong.of(millis),
                old.executors(),
                old.activeJobs(),
                old.idleMillis(),
                old.stages(),
                old.omittedStages(),
                old.queries()));
    }

    /** No job has been active for {@code millis}. */
    public Application idle(long millis) {
        Reading.Spark old = reading;
        ExecutorCounts was = old.executors();
        return with(new Reading.Spark(
                old.application(),
                old.dynamic(),
                old.slots(),
                old.upMillis(),
                new ExecutorCounts(0, was.granted(), was.running(), 0, was.draining(), was.lastStartMillis()),
                0,
                millis,
                List.of(),
                0,
                old.queries()));
    }

    /** Of the running executors, only so many run a task. */
    public Application busy(int busy) {
        ExecutorCounts was = reading.executors();
        return executors(new ExecutorCounts(
                was.wanted(), was.granted(), was.running(), busy, was.draining(), was.lastStartMillis()));
    }

    /** From asking for an executor to its registration; -1 if none has started. */
    public Application start(long millis) {
        ExecutorCounts was = reading.executors();
        return executors(new ExecutorCounts(
                was.wanted(),
                was.granted(),
                was.running(),
                was.busy(),
                was.draining(),
                millis < 0 ? OptionalLong.empty() : OptionalLong.of(millis)));
    }

    private Application executors(ExecutorCounts executors) {
        Reading.Spark old = reading;
        return with(new Reading.Spark(
                old.application(),
                old.dynamic(),
                old.slots(),
                old.upMillis(),
                executors,
                old.activeJobs(),
                old.idleMillis(),
                old.stages(),
                old.omittedStages(),
                old.queries()));
    }

    public Application omitting(int stages) {
        Reading.Spark old = reading;
        return with(new Reading.Spark(
                old.application(),
                old.dynamic(),
                old.slots(),
                old.upMillis(),
                old.executors(),
                old.activeJobs(),
                old.idleMillis(),
                old.stages(),
                stages,
                old.queries()));
    }

    public Application stage(StageReading stage) {
        List<StageReading> stages = new ArrayList<>(reading.stages());
        stages.add(stage);
        Reading.Spark old = reading;
        return with(new Reading.Spark(
                old.application(),
                old.dynamic(),
                old.slots(),
                old.upMillis(),
                old.executors(),
                old.activeJobs(),
                old.idleMillis(),
                stages,
                old.omittedStages(),
                old.queries()));
    }

    public Application query(QueryReading query) {
        List<QueryReading> queries = new ArrayList<>(reading.queries());
        queries.add(query);
        Reading.Spark old = reading;
        return with(new Reading.Spark(
                old.application(),
                old.dynamic(),
                old.slots(),
                old.upMillis(),
                old.executors(),
                old.activeJobs(),
                old.idleMillis(),
                old.stages(),
                old.omittedStages(),
                queries));
    }

    private Application with(Reading.Spark other) {
        return new Application(other, asked);
    }

    /** An active stage none of whose tasks is done; the oldest has run for {@code age} ms. */
    public static StageReading begun(int id, int tasks, int running, long age) {
        return active(id, tasks, running, 0, Optional.empty(), age);
    }

    /** An active stage whose tasks take {@code p50} to {@code p95} ms. */
    public static StageReading active(int id, int tasks, int running, int done, long p50, long p95) {
        Optional<TaskTimes> times =
                done == 0 ? Optional.empty() : Optional.of(new TaskTimes(done * p50, p50, p95, p95));
        return active(id, tasks, running, done, times, running == 0 ? 0 : p50 / 2);
    }

    public static StageReading active(
            int id, int tasks, int running, int done, Optional<TaskTimes> times, long oldest) {
        return new StageReading(
                id, 0, 0, StageState.ACTIVE, tasks, running, done, 0, times, oldest, oldest + 1, List.of(), id > 0);
    }

    /** A stage that waits for others. */
    public static StageReading waiting(int id, int tasks, Integer... parents) {
        return new StageReading(
                id, 0, 0, StageState.WAITING, tasks, 0, 0, 0, Optional.empty(), 0, 0, List.of(parents), true);
    }

    /** A batch of {@code rows} that has just ended, over 12 tasks and 12 partitions. */
    public static QueryReading batch(String name, long number, long rows, long millis, long trigger, long taskMillis) {
        return new QueryReading(
                name,
                number,
                rows,
                millis,
                millis - millis / 10,
                trigger < 0 ? OptionalLong.empty() : OptionalLong.of(trigger),
                taskMillis,
                12,
                100,
                OptionalDouble.of(rows * 1_000.0 / Math.max(1, Math.max(trigger, millis))),
                OptionalLong.of(0),
                12,
                0,
                false,
                2);
    }

    public static Policy policy(int min, int max) {
        return policy(min, max, null, SparkSignal.plain());
    }

    public static Policy policy(
            int min, int max, @org.jspecify.annotations.Nullable Objective objective, SparkSignal signal) {
        return new Policy(
                Mode.ENFORCE,
                min,
                max,
                Optional.ofNullable(objective),
                List.of(signal),
                Optional.empty(),
                Optional.empty());
    }

    public static SparkSignal query(String name) {
        return new SparkSignal(Optional.empty(), false, Optional.of(name), Optional.empty(), 0.7);
    }

    /** The application as it is seen at {@code second}. */
    public Snapshot at(double second) {
        int running = reading.executors().running();
        TargetState target = new TargetState.Known(
                asked,
                running,
                new Pods(Math.min(running, asked), Math.max(0, asked - running), 0, 0, 0),
                Optional.of(Duration.ofSeconds(6)),
                Facts.second(second));
        return new Snapshot(target, List.of(new SignalSample(SparkSignal.SAMPLE, Facts.second(second), reading)));
    }

    /** What is decided on it then. */
    public Step decide(Policy policy, Memory memory, double second) {
        return DecisionEngine.decide(policy, at(second), memory, Facts.second(second));
    }
}
