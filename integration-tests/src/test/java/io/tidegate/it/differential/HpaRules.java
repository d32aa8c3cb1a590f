package io.tidegate.it.differential;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The proposal of one metric as autoscaling/v2 is said to make it, restated plainly: a check of what is known about the
 * real controller, independent of decision-core.
 */
final class HpaRules {

    private enum Group {
        IGNORED,
        UNREADY,
        MISSING,
        READY
    }

    private final HpaFlags flags;
    private final TwinSpec spec;

    HpaRules(HpaFlags flags, TwinSpec spec) {
        this.flags = flags;
        this.spec = spec;
    }

    /** The largest proposal; empty where nothing may be done. */
    Optional<Integer> proposal(List<PodPlay> pods, int current) {
        int largest = 0;
        int invalid = 0;
        for (TwinSpec.Metric metric : spec.metrics()) {
            Optional<Integer> proposal = proposal(metric, pods, current);
            if (proposal.isEmpty()) {
                invalid++;
            }
            largest = Math.max(largest, proposal.orElse(0));
        }
        boolean all = invalid == spec.metrics().size();
        return all || (invalid > 0 && largest < current) ? Optional.empty() : Optional.of(largest);
    }

    private Optional<Integer> proposal(TwinSpec.Metric metric, List<PodPlay> pods, int current) {
        List<Long> usages = new ArrayList<>();
        int ready = 0;
        int missing = 0;
        int unready = 0;
        for (PodPlay pod : pods) {
            switch (group(metric, pod)) {
                case IGNORED -> {}
                case MISSING -> missing++;
                case UNREADY -> unready++;
                case READY -> {
                    ready++;
                    usages.add(pod.usage(metric).orElseThrow());
                }
            }
        }
        if (usages.isEmpty()) {
            return Optional.empty();
        }
        double ratio = ratio(metric, usages);
        boolean growWithUnready = unready > 0 && ratio > 1;
        if (missing == 0 && !growWithUnready) {
            return Optional.of(tolerated(ratio) ? current : (int) Math.ceil(ratio * ready));
        }
        if (ratio != 1) {
            for (int i = 0; i < missing; i++) {
                usages.add(ratio > 1 ? 0 : assumedWhenShrinking(metric));
            }
        }
        if (growWithUnready) {
            for (int i = 0; i < unready; i++) {
                usages.add(0L);
            }
        }
        double filled = ratio(metric, usages);
        if (tolerated(filled) || (ratio < 1 && filled > 1) || (ratio > 1 && filled < 1)) {
            return Optional.of(current);
        }
        int proposal = (int) Math.ceil(filled * usages.size());
        boolean turned = (filled < 1 && proposal > current) || (filled > 1 && proposal < current);
        return Optional.of(turned ? current : proposal);
    }

    private Group group(TwinSpec.Metric metric, PodPlay pod) {
        Life life = pod.life();
        if (life == Life.DELETED || life == Life.FAILED) {
            return Group.IGNORED;
        }
        if (life == Life.PENDING) {
            return Group.UNREADY;
        }
        if (pod.usage(metric).isEmpty()) {
            return Group.MISSING;
        }
        return metric.cpu() && unready(life) ? Group.UNREADY : Group.READY;
    }

    private boolean unready(Life life) {
        Instant now = Instant.EPOCH;
        Optional<Instant> start = life.startedAt(now);
        if (life.ready().isEmpty() || start.isEmpty()) {
            return true;
        }
        boolean no = !life.ready().get();
        Instant changed = life.readyChangedAt(now);
        if (start.get().plusSeconds(flags.cpuInitializationSeconds()).isAfter(now)) {
            return no || now.isBefore(changed.plusSeconds(life.windowSeconds()));
        }
        return no && Duration.between(start.get(), changed).toSeconds() < flags.readinessDelaySeconds();
    }

    private static double ratio(TwinSpec.Metric metric, List<Long> usages) {
        long sum = usages.stream().mapToLong(Long::longValue).sum();
        if (metric.utilization().isPresent()) {
            long percent = sum * 100 / (PodPlay.request(metric) * usages.size());
            return (double) percent / metric.utilization().getAsInt();
        }
        long average = sum / usages.size();
        return (double) average / metric.averageMilli();
    }

    private static long assumedWhenShrinking(TwinSpec.Metric metric) {
        return metric.utilization().isPresent()
                ? PodPlay.request(metric) * Math.max(100, metric.utilization().getAsInt()) / 100
                : metric.averageMilli();
    }

    private boolean tolerated(double ratio) {
        return 1 - spec.down().toleranceOrDefault() <= ratio
                && ratio <= 1 + spec.up().toleranceOrDefault();
    }
}
