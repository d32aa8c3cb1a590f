package io.tidegate.autoscaler.report;

import io.tidegate.autoscaler.act.TokenBucket;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Keeps Events few: the same again within a while counts up the one there is, and each policy has a budget. Not thread-safe. */
final class EventLimits {

    /** As the Event broadcaster of Kubernetes: the same within this time is one Event with a count. */
    private static final Duration SAME_WITHIN = Duration.ofMinutes(6);

    /** The same is told at most once in this time. */
    private static final Duration REPEAT_AFTER = Duration.ofSeconds(10);

    /** As the spam filter of Kubernetes' clients: 25 at once, then one in 5 minutes; ours refills faster, as scaling is our work. */
    private static final int BURST = 25;

    private static final double PER_SECOND = 1.0 / 20;

    private static final int REMEMBERED = 10_000;

    private final Map<PolicyEvent, Told> told = lru();
    private final Map<String, TokenBucket> budgets = lru();
    private final String prefix;
    private long names;

    /** @param started makes names differ from those of an earlier run */
    EventLimits(Instant started) {
        this.prefix = Long.toHexString(started.toEpochMilli());
    }

    /** What to do with an event. */
    Verdict judge(PolicyEvent event, long now) {
        Told before = told.get(event);
        if (before != null && now - before.last <= SAME_WITHIN.toNanos()) {
            before.count++;
            if (now - before.last < REPEAT_AFTER.toNanos()) {
                return new Verdict.Drop();
            }
            before.last = now;
            return new Verdict.Repeat(before.name, before.count);
        }
        TokenBucket budget = budgets.computeIfAbsent(event.uid(), uid -> new TokenBucket(PER_SECOND, BURST, now));
        if (!budget.untilNext(now).isZero()) {
            return new Verdict.Drop();
        }
        budget.take(now);
        names++;
        String name = name(event);
        told.put(event, new Told(name, now));
        return new Verdict.Create(name);
    }

    private String name(PolicyEvent event) {
        String policy = event.policy().name();
        String shortened = policy.length() <= 200 ? policy : policy.substring(0, 200);
        return shortened + "." + prefix + "." + Long.toHexString(names);
    }

    private static <K, V> Map<K, V> lru() {
        return new LinkedHashMap<>(16, 0.75f, true) {
            private static final long serialVersionUID = 1L;

            @Override
            protected boolean removeEldestEntry(Map.@Nullable Entry<K, V> eldest) {
                return size() > REMEMBERED;
            }
        };
    }

    /** What to do with an event. */
    sealed interface Verdict {

        /**
         * Create it.
         *
         * @param name its name
         */
        record Create(String name) implements Verdict {}

        /**
         * Count up the one there is.
         *
         * @param name its name
         * @param count how often it has happened
         */
        record Repeat(String name, int count) implements Verdict {}

        /** Say nothing. */
        record Drop() implements Verdict {}
    }

    private static final class Told {
        private final String name;
        private int count = 1;
        private long last;

        Told(String name, long now) {
            this.name = name;
            this.last = now;
        }
    }
}
