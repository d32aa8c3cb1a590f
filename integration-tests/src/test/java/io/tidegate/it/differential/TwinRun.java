package io.tidegate.it.differential;

import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Predicate;

/** Some pairs of twins taken through random steps at the same time. */
final class TwinRun {

    private static final String NAMESPACE = "twins";

    /** Longer than the windows and a rate limit's period together with a few readings. */
    private static final Duration QUIET = Duration.ofSeconds(9);

    /** Within it both autoscalers have read what was published. */
    private static final Duration READ = Duration.ofMillis(2_500);

    private static final Duration SETTLED_WITHIN = Duration.ofSeconds(90);

    /** A longer gap between two looks means that the machine stood still, and nothing had the time to settle. */
    private static final Duration STOOD_STILL = Duration.ofSeconds(5);

    private static final Duration LOOK = Duration.ofMillis(200);
    private static final int MANY = 100;

    private final HpaFlags flags;
    private final PlayedNode node;
    private final List<Pair> pairs = new ArrayList<>();
    private Instant lastLook = Instant.now();

    private static final class Pair {
        private final Twins twins;
        private final Steps steps;
        private TwinSpec spec;
        private List<PodPlay> plays = List.of();
        private int from = Twins.FIRST_SIZE;
        private final Map<String, Integer> sizes = new HashMap<>();
        private final Map<String, Instant> changedAt = new HashMap<>();

        private Pair(Twins twins, Steps steps) {
            this.twins = twins;
            this.steps = steps;
            this.spec = steps.spec();
        }
    }

    TwinRun(KubernetesClient client, HpaFlags flags, boolean withTidegate, long seed) {
        this.flags = flags;
        client.resource(new NamespaceBuilder()
                        .withNewMetadata()
                        .withName(NAMESPACE)
                        .endMetadata()
                        .build())
                .create();
        this.node = new PlayedNode(client, NAMESPACE);
        for (int i = 0; i < Steps.METRICS.size(); i++) {
            Steps steps = new Steps(Steps.METRICS.get(i), seed * 31 + i);
            pairs.add(new Pair(new Twins(client, NAMESPACE, flags, withTidegate, i), steps));
        }
    }

    /** Takes all pairs through the steps, and gives each result away as it is known. */
    void run(int steps, Consumer<StepResult> results) {
        for (int step = 1; step <= steps; step++) {
            for (Pair pair : pairs) {
                pair.spec = pair.steps.spec();
                align(pair);
            }
            for (Pair pair : pairs) {
                pair.plays = pair.steps.plays(pair.from);
                node.play(pair.twins.names(), pair.plays);
            }
            Instant published = Instant.now();
            until(() -> published.plus(READ).isBefore(lastLook));
            pairs.forEach(pair -> pair.twins.apply(pair.spec));
            settle();
            for (Pair pair : pairs) {
                results.accept(result(step, pair));
            }
        }
    }

    /**
     * Brings both to the same size, that of the HorizontalPodAutoscaler, with as many pods, and leaves them frozen: what
     * is published next is read piece by piece, and nobody may act on a part of it.
     */
    private void align(Pair pair) {
        pair.from = pair.twins.size(pair.twins.hpa());
        boolean equal = pair.twins.names().stream().allMatch(name -> pair.twins.size(name) == pair.from);
        if (!equal) {
            pair.twins.apply(pair.spec.withBounds(pair.from, pair.from));
            until(() -> pair.twins.names().stream().allMatch(name -> pair.twins.size(name) == pair.from));
        }
        pair.twins.apply(pair.spec.frozen().withBounds(1, MANY));
        until(() -> {
            pair.twins.names().forEach(node::clear);
            return pair.twins.names().stream().allMatch(name -> node.count(name) == pair.from);
        });
    }

    private void settle() {
        for (Pair pair : pairs) {
            pair.sizes.clear();
            pair.changedAt.clear();
        }
        // What has not settled by then is told as such in the results.
        var unused = within(SETTLED_WITHIN, gap -> {
            boolean stoodStill = gap.compareTo(STOOD_STILL) > 0;
            boolean settled = true;
            for (Pair pair : pairs) {
                for (String name : pair.twins.names()) {
                    settled &= settled(pair, name, lastLook, stoodStill);
                }
            }
            return settled;
        });
    }

    private boolean settled(Pair pair, String name, Instant now, boolean stoodStill) {
        int size = pair.twins.size(name);
        Integer before = pair.sizes.put(name, size);
        if (stoodStill || before == null || before != size || node.active(name) != size) {
            pair.changedAt.put(name, now);
        }
        return hasSettled(pair, name, now);
    }

    private static boolean hasSettled(Pair pair, String name, Instant now) {
        return pair.changedAt.getOrDefault(name, now).plus(QUIET).isBefore(now);
    }

    private StepResult result(int step, Pair pair) {
        return new StepResult(
                step + "." + pairs.indexOf(pair),
                pair.spec,
                pair.plays,
                pair.from,
                ExpectedSize.settled(flags, pair.spec, pair.plays, pair.from),
                sizeOf(pair, pair.twins.hpa()),
                sizeOf(pair, pair.twins.tidegate()),
                pair.twins.hpaReason(),
                pair.twins.tidegateReason());
    }

    private Optional<Integer> sizeOf(Pair pair, String name) {
        return Optional.ofNullable(pair.sizes.get(name)).filter(size -> hasSettled(pair, name, lastLook));
    }

    private void until(BooleanSupplier condition) {
        if (!within(SETTLED_WITHIN, gap -> condition.getAsBoolean())) {
            throw new IllegalStateException("the twins did not come to be equal again");
        }
    }

    /**
     * Lets the node work until something is so, and tells whether it came to be. Time that the machine stood still
     * doesn't count.
     *
     * @param condition takes the time since it was asked last
     */
    private boolean within(Duration atMost, Predicate<Duration> condition) {
        lastLook = Instant.now();
        Duration[] left = {atMost};
        boolean[] met = {false};
        await().forever()
                .pollInSameThread()
                .pollDelay(Duration.ZERO)
                .pollInterval(LOOK)
                .until(() -> {
                    node.work();
                    Instant now = Instant.now();
                    Duration gap = Duration.between(lastLook, now);
                    lastLook = now;
                    left[0] = left[0].minus(gap.compareTo(STOOD_STILL) > 0 ? LOOK : gap);
                    met[0] = condition.test(gap);
                    return met[0] || left[0].isNegative();
                });
        return met[0];
    }
}
