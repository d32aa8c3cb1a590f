package io.tidegate.autoscaler.act;

import java.time.Duration;

/**
 * When others' writes are a conflict.
 *
 * @param window time after a write of ours within which another's counts
 * @param writes number of such writes that make a conflict
 * @param standBack how long to stand back then, unless the policy changes
 */
public record ConflictRules(Duration window, int writes, Duration standBack) {}
