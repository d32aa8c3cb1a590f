package io.tidegate.collector.loop;

import io.tidegate.collector.metrics.CollectorMetrics;
import java.time.InstantSource;

/**
 * What most parts run in.
 *
 * @param loop the thread that owns the part's state
 * @param clock for what others are told; never for measuring
 * @param metrics where things are counted
 */
public record Surroundings(EventLoop loop, InstantSource clock, CollectorMetrics metrics) {}
