package io.tidegate.collector.health;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentSkipListMap;
import org.jboss.logging.Logger;

/** Parts that do not answer, each logged at most once in 30 s. Safe for use by many threads. */
public final class Outages {

    private static final Logger LOG = Logger.getLogger(Outages.class);
    private static final Duration LOGGED_EVERY = Duration.ofSeconds(30);

    private final InstantSource clock;
    private final Map<String, Outage> outages = new ConcurrentSkipListMap<>();

    private record Outage(String words, Instant loggedAt) {}

    public Outages(InstantSource clock) {
        this.clock = clock;
    }

    /** A part does not answer. */
    public void begin(String part, String words) {
        outages.compute(part, (key, before) -> {
            Instant now = clock.instant();
            if (before != null && now.isBefore(before.loggedAt().plus(LOGGED_EVERY))) {
                return new Outage(words, before.loggedAt());
            }
            LOG.warnf("%s: %s", part, words);
            return new Outage(words, now);
        });
    }

    /** A part answers. */
    public void end(String part) {
        if (outages.remove(part) != null) {
            LOG.infof("%s: is back", part);
        }
    }

    /** For each part that does not answer, why. */
    public Map<String, String> current() {
        Map<String, String> current = new ConcurrentSkipListMap<>();
        outages.forEach((part, outage) -> current.put(part, Objects.requireNonNull(outage.words())));
        return current;
    }
}
