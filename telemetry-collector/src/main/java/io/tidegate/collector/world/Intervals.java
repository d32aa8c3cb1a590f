package io.tidegate.collector.world;

import java.time.Duration;

/**
 * How often what is repeated is repeated.
 *
 * @param keyframe from one repetition of all policies and workloads to the next
 * @param tick from one tick to the next
 * @param heartbeat from one repetition of an unchanged failure to the next
 */
public record Intervals(Duration keyframe, Duration tick, Duration heartbeat) {}
