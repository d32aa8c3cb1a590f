package io.tidegate.decision.signal;

import io.tidegate.decision.model.Reading;
import io.tidegate.decision.model.StageReading;
import io.tidegate.decision.model.StageState;
import io.tidegate.decision.policy.SparkSignal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Follows an application through its runs: what its stages are like, and how long an executor takes to start. */
public final class SparkMeter {
    /** Of most applications all stages that matter; 16 x 12 bytes at most. */
    static final int MOST_STAGES = 16;
    /** Of most applications all that run at a time. */
    static final int MOST_ACTIVE = 4;
    /** As many as a smaller size has to be enough for. The batch before has rows from before and after a change. */
    public static final int MOST_BATCHES = 4;
    /** A start that takes longer is an outage, not a start time. */
    private static final long LONGEST_START_MS = 600_000;
    /** Nothing is known of what ran in a longer gap between two samples. */
    private static final long LONGEST_GAP_MS = 30_000;

    private SparkMeter() {}

    static SparkMemory update(SparkMemory memory, SparkSignal signal, Reading.Spark reading, long lastAt, long at) {
        boolean same = memory.application().equals(reading.application());
        int run = same ? memory.run() : memory.run() + 1;
        long running = 0;
        long pending = 0;
        List<StageProfile> active = new ArrayList<>(MOST_ACTIVE);
        for (StageReading stage : reading.stages()) {
            running += stage.running();
            pending += stage.state() == StageState.ACTIVE ? stage.pending() : 0;
            Optional<StageProfile> profile = StageProfile.of(stage, run);
            if (profile.isPresent() && active.size() < MOST_ACTIVE) {
                active.add(profile.get());
            }
        }
        long since = same ? Math.clamp(at - lastAt, 0, LONGEST_GAP_MS) : 0;
        double worked = (double) memory.running() * since;
        double rested = memory.spareSince() >= 0 && memory.workMillis() > 0 ? since : 0;
        long gap = same ? gap(memory, reading, at - lastAt) : -1;
        SparkMemory past = same ? memory : ended(memory);
        boolean spare = pending == 0 && running < (long) reading.executors().running() * reading.slots();
        long start = lastStart(reading);
        return new SparkMemory(
                reading.application(),
                run,
                same ? memory.startedAt() : at - reading.upMillis().orElse(0),
                reading.slots(),
                start < 0 || start == memory.lastStartMillis()
                        ? memory.startMillis()
                        : learn(memory.startMillis(), start),
                start < 0 ? memory.lastStartMillis() : start,
                same ? memory.workMillis() + worked : 0,
                past.pastWorkMillis(),
                same ? memory.restMillis() + rested : 0,
                past.pastRestMillis(),
                reading.idleMillis(),
                gap < 0 ? memory.gapMillis() : memory.gapMillis() < 0 ? gap : (memory.gapMillis() + gap) / 2,
                running,
                !spare ? -1 : same && memory.spareSince() >= 0 ? memory.spareSince() : at,
                over(memory, reading, same),
                active,
                batches(same ? memory.batches() : List.of(), signal, reading));
    }

    /** The same when the run that was seen last is over, and another is to come. */
    public static SparkMemory ended(SparkMemory memory) {
        boolean longer = memory.workMillis() >= memory.pastWorkMillis() / 2;
        List<StageProfile> stages = memory.stages();
        for (StageProfile profile : memory.active()) {
            stages = remember(stages, profile);
        }
        return new SparkMemory(
                memory.application(),
                memory.run(),
                memory.startedAt(),
                memory.slots(),
                memory.startMillis(),
                memory.lastStartMillis(),
                0,
                longer ? memory.workMillis() : memory.pastWorkMillis() / 2,
                0,
                longer ? memory.restMillis() : memory.pastRestMillis() / 2,
                memory.idleMillis(),
                memory.gapMillis(),
                0,
                -1,
                stages,
                List.of(),
                memory.batches());
    }

    /** Time between two jobs that has just ended, -1 if none has; one that no sample has seen is none. */
    private static long gap(SparkMemory memory, Reading.Spark reading, long since) {
        return memory.idleMillis() == 0 || reading.idleMillis() > 0
                ? -1
                : Math.min(LONGEST_START_MS, memory.idleMillis() + since);
    }

    private static long lastStart(Reading.Spark reading) {
        return reading.executors().lastStartMillis().isPresent()
                ? Math.min(
                        LONGEST_START_MS, reading.executors().lastStartMillis().getAsLong())
                : -1;
    }

    /** A slower start counts at once, a faster one by half: being late costs more than being early. */
    private static long learn(long known, long seen) {
        return known < 0 || seen > known ? seen : (known + seen) / 2;
    }

    /** What is known of a stage from earlier runs stays until it is over in this one: only then all of it has been seen. */
    private static List<StageProfile> over(SparkMemory memory, Reading.Spark reading, boolean same) {
        List<StageProfile> stages = memory.stages();
        for (StageProfile profile : memory.active()) {
            boolean goesOn = same && reading.stages().stream().anyMatch(stage -> stage.id() == profile.stage());
            if (!goesOn) {
                stages = remember(stages, profile);
            }
        }
        return stages;
    }

    private static List<StageProfile> remember(List<StageProfile> stages, StageProfile profile) {
        int place = -1;
        int lightest = 0;
        for (int i = 0; i < stages.size(); i++) {
            if (stages.get(i).stage() == profile.stage()) {
                place = i;
            }
            lightest = lighter(stages.get(i), stages.get(lightest)) ? i : lightest;
        }
        List<StageProfile> kept = new ArrayList<>(stages);
        if (place >= 0) {
            kept.set(place, profile);
        } else if (kept.size() < MOST_STAGES) {
            kept.add(profile);
        } else {
            // The last one is always kept: the next one will be like it, if it is not known itself.
            kept.set(lightest, profile);
        }
        return kept;
    }

    private static boolean lighter(StageProfile one, StageProfile other) {
        return one.run() != other.run() ? one.run() < other.run() : one.workMillis() < other.workMillis();
    }

    private static List<BatchMark> batches(List<BatchMark> batches, SparkSignal signal, Reading.Spark reading) {
        Queries queries = Queries.counted(signal, reading);
        if (queries.count() == 0) {
            return batches;
        }
        BatchMark mark = queries.last();
        if (!batches.isEmpty() && batches.getLast().batch() == mark.batch()) {
            return batches;
        }
        // A query that was started anew counts from 0, and what it read before is another course.
        boolean anew = !batches.isEmpty() && mark.batch() < batches.getLast().batch();
        List<BatchMark> kept = new ArrayList<>(MOST_BATCHES);
        kept.addAll(anew ? List.of() : batches.subList(Math.max(0, batches.size() - MOST_BATCHES + 1), batches.size()));
        kept.add(mark);
        return kept;
    }
}
