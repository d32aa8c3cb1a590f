package io.tidegate.it.differential;

import io.tidegate.it.differential.PodPlay.Published;
import io.tidegate.it.differential.TwinSpec.Direction;
import io.tidegate.it.differential.TwinSpec.Limit;
import io.tidegate.it.differential.TwinSpec.Metric;
import io.tidegate.it.differential.TwinSpec.Select;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** The random steps of one pair of twins: bounds, rules, and what each pod is and uses; the same for the same seed. */
final class Steps {

    /** Metrics of the pairs. */
    static final List<List<Metric>> METRICS = List.of(
            List.of(Metric.utilization(true, 60)),
            List.of(Metric.average(true, 80)),
            List.of(Metric.utilization(true, 50), Metric.average(false, 60)),
            List.of(Metric.utilization(true, 70).ofContainer(PodPlay.APP), Metric.utilization(false, 110)));

    /** Far from a target, close to the edges of the tolerance, on them, and on the target. */
    private static final double[] RATIOS = {
        0.2, 0.45, 0.6, 0.75, 0.88, 0.9, 0.92, 1.0, 1.05, 1.1, 1.12, 1.2, 1.35, 1.6, 2.1, 3.0
    };

    private static final int[][] BOUNDS = {{1, 10}, {2, 8}, {3, 6}, {1, 5}, {4, 12}};
    private static final Limit UNLIMITED = new Limit(true, 100, 1);
    private static final Direction FREE = Direction.limited(Select.MAX, UNLIMITED);
    private static final List<Life> UNREADY =
            List.of(Life.WARMING, Life.EARLY_SAMPLE, Life.NEVER_READY, Life.NO_START, Life.NO_CONDITION, Life.PENDING);
    private static final List<Life> COUNTED = List.of(Life.READY, Life.READY, Life.FRESH_READY, Life.LOST_READY);
    private static final List<Life> LOST = List.of(Life.FAILED, Life.SUCCEEDED, Life.DELETED);

    /** What a step is about. */
    private enum Mood {
        CALM,
        MISSING,
        UNREADY,
        LOSING,
        STARTING,
        MIXED,
        DARK
    }

    private static final Mood[] MOODS = {
        Mood.CALM,
        Mood.CALM,
        Mood.CALM,
        Mood.MISSING,
        Mood.MISSING,
        Mood.UNREADY,
        Mood.UNREADY,
        Mood.STARTING,
        Mood.LOSING,
        Mood.LOSING,
        Mood.MIXED,
        Mood.MIXED,
        Mood.MIXED,
        Mood.DARK
    };

    private final Random random;
    private final List<Metric> metrics;

    Steps(List<Metric> metrics, long seed) {
        this.metrics = metrics;
        this.random = new Random(seed);
    }

    /** The rules of the next step. */
    TwinSpec spec() {
        int[] bounds = BOUNDS[random.nextInt(BOUNDS.length)];
        Direction up = FREE;
        Direction down = FREE;
        switch (random.nextInt(7)) {
            case 0 -> {
                up = Direction.limited(Select.MAX, new Limit(true, 2, 3));
                down = Direction.limited(Select.MAX, new Limit(true, 1, 3));
            }
            case 1 -> {
                up = Direction.limited(Select.MAX, new Limit(false, 50, 3), new Limit(true, 1, 3));
                down = Direction.limited(Select.MIN, new Limit(false, 40, 3), new Limit(true, 2, 3));
            }
            case 2 -> {
                up = Direction.limited(Select.MIN, new Limit(false, 100, 3), new Limit(true, 3, 3));
                down = FREE.disabled();
            }
            case 3 -> {
                up = FREE.withTolerance(0.2);
                down = FREE.withTolerance(0.05);
            }
            default -> {
                // No limits, which most steps have, so that they are short.
            }
        }
        return new TwinSpec(metrics, bounds[0], bounds[1], up, down);
    }

    /** What the pods of the next step are and use. */
    List<PodPlay> plays(int count) {
        Mood mood = MOODS[random.nextInt(MOODS.length)];
        double[] cpu = usages(metrics.getFirst().atTarget(), count);
        double[] memory = usages(
                metrics.getLast().cpu()
                        ? PodPlay.APP_MEMORY_REQUEST
                        : metrics.getLast().atTarget(),
                count);
        boolean appAlone = metrics.getFirst().container().isPresent();
        List<PodPlay> plays = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            int appCpu = (int) Math.round(cpu[i] * (appAlone ? 1 : 0.8));
            int sidecarCpu = appAlone ? random.nextInt(40) : (int) Math.round(cpu[i]) - appCpu;
            int sidecarMemory = (int) Math.round(memory[i] * 0.25);
            plays.add(new PodPlay(
                    life(mood),
                    published(mood),
                    appCpu,
                    Math.max(0, sidecarCpu),
                    (int) Math.round(memory[i]) - sidecarMemory,
                    sidecarMemory));
        }
        return plays;
    }

    /** A level about the target, spread evenly, to the old, to the young or at random. */
    private double[] usages(double atTarget, int count) {
        double level = atTarget * RATIOS[random.nextInt(RATIOS.length)];
        int shape = random.nextInt(4);
        double[] usages = new double[count];
        for (int i = 0; i < count; i++) {
            double slope = count == 1 ? 0 : (2.0 * i / (count - 1) - 1) * 0.7;
            usages[i] = level
                    * switch (shape) {
                        case 0 -> 1;
                        case 1 -> 1 - slope;
                        case 2 -> 1 + slope;
                        default -> 0.5 + random.nextDouble();
                    };
        }
        return usages;
    }

    private Life life(Mood mood) {
        int die = random.nextInt(100);
        return switch (mood) {
            case CALM, MISSING, DARK -> oneOf(COUNTED);
            case UNREADY -> die < 35 ? oneOf(UNREADY) : oneOf(COUNTED);
            case STARTING -> die < 60 ? (die < 30 ? Life.EARLY_SAMPLE : Life.WARMING) : oneOf(COUNTED);
            case LOSING -> die < 30 ? oneOf(LOST) : oneOf(COUNTED);
            case MIXED -> die < 12 ? oneOf(LOST) : die < 35 ? oneOf(UNREADY) : oneOf(COUNTED);
        };
    }

    private Published published(Mood mood) {
        int die = random.nextInt(100);
        return switch (mood) {
            case CALM, UNREADY, STARTING, LOSING -> Published.ALL;
            case MISSING -> missing(die, 30);
            case MIXED -> missing(die, 16);
            case DARK -> die < 70 ? Published.NONE : Published.NO_CPU;
        };
    }

    /** Nothing of so many in a hundred pods, and a part of half as many each. */
    private static Published missing(int die, int share) {
        if (die < share) {
            return Published.NONE;
        }
        if (die < share * 1.5) {
            return Published.NO_CPU;
        }
        return die < share * 2 ? Published.SIDECAR_ONLY : Published.ALL;
    }

    private Life oneOf(List<Life> lives) {
        return lives.get(random.nextInt(lives.size()));
    }
}
