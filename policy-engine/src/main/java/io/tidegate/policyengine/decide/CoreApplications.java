package io.tidegate.policyengine.decide;

import io.tidegate.contracts.fact.Reading;
import io.tidegate.contracts.fact.SparkExecutors;
import io.tidegate.contracts.fact.SparkQuery;
import io.tidegate.contracts.fact.SparkStage;
import io.tidegate.decision.model.ExecutorCounts;
import io.tidegate.decision.model.QueryReading;
import io.tidegate.decision.model.StageReading;
import io.tidegate.decision.model.StageState;
import io.tidegate.decision.model.TaskTimes;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** Spark applications as decision-core takes them. */
final class CoreApplications {

    private CoreApplications() {}

    static io.tidegate.decision.model.Reading.Spark of(Reading.Spark spark) {
        return new io.tidegate.decision.model.Reading.Spark(
                spark.appId(),
                spark.dynamic(),
                spark.slots(),
                amount(spark.upMillis()),
                executors(spark.executors()),
                spark.activeJobs(),
                orNone(spark.idleMillis()),
                spark.stages().stream().map(CoreApplications::stage).toList(),
                spark.omittedStages(),
                spark.queries().stream().map(CoreApplications::query).toList());
    }

    /** What was asked for, where it is not known, is what there is: it neither rises nor falls by that. */
    private static ExecutorCounts executors(SparkExecutors executors) {
        Integer granted = executors.granted();
        Integer wanted = executors.wanted();
        int known = granted == null ? executors.running() : granted;
        return new ExecutorCounts(
                wanted == null ? known : wanted,
                known,
                executors.running(),
                executors.busy(),
                executors.draining(),
                amount(executors.lastStartMillis()));
    }

    private static StageReading stage(SparkStage stage) {
        return new StageReading(
                stage.id(),
                stage.attempt(),
                stage.job(),
                switch (stage.state()) {
                    case Active -> StageState.ACTIVE;
                    case Waiting -> StageState.WAITING;
                },
                stage.tasks(),
                stage.running(),
                stage.done(),
                stage.failed(),
                times(stage),
                orNone(stage.oldestRunningMillis()),
                orNone(stage.submittedMillis()),
                stage.parents(),
                stage.shuffleRead());
    }

    /** Times are told together, once a task has succeeded; half of them is as good as none. */
    private static Optional<TaskTimes> times(SparkStage stage) {
        Long sum = stage.sumMillis();
        Long median = stage.p50Millis();
        Long high = stage.p95Millis();
        Long longest = stage.maxMillis();
        return sum == null || median == null || high == null || longest == null
                ? Optional.empty()
                : Optional.of(new TaskTimes(sum, median, high, longest));
    }

    private static QueryReading query(SparkQuery query) {
        Double rate = query.inputRate();
        return new QueryReading(
                query.name(),
                query.batch(),
                query.rows(),
                query.batchMillis(),
                orNone(query.addBatchMillis()),
                amount(query.triggerMillis()),
                orNone(query.taskMillis()),
                orNone(query.tasks()),
                query.sinceEndMillis(),
                rate == null ? OptionalDouble.empty() : OptionalDouble.of(rate),
                amount(query.backlog()),
                orNone(query.partitions()),
                orNone(query.shufflePartitions()),
                query.stateful(),
                orNone(query.executors()));
    }

    private static OptionalLong amount(@Nullable Long amount) {
        return amount == null ? OptionalLong.empty() : OptionalLong.of(amount);
    }

    private static long orNone(@Nullable Long amount) {
        return amount == null ? 0 : amount;
    }

    private static int orNone(@Nullable Integer amount) {
        return amount == null ? 0 : amount;
    }
}
