package io.tidegate.collector.world;

import io.tidegate.collector.lag.LagSignal;
import io.tidegate.collector.prometheus.QuerySignal;
import io.tidegate.collector.shard.PublishedBefore;
import java.util.Collection;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * What the {@link World} talks to.
 *
 * @param log where facts go
 * @param targets watches scale targets
 * @param applications watches Spark applications
 * @param lags takes the lag signals to sample
 * @param queries takes the queries to ask
 * @param history reads what was published of shards before
 */
public record Ports(
        FactLog log,
        Targets targets,
        SparkTargets applications,
        Consumer<Collection<LagSignal>> lags,
        Consumer<Collection<QuerySignal>> queries,
        Function<Set<Integer>, CompletionStage<PublishedBefore>> history) {}
