package io.tidegate.spark;

import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What keeps the plugin from its work. Nothing that goes wrong here reaches Spark: it is counted, logged once for each kind,
 * and told in the answer.
 */
final class Troubles {
    private static final Logger LOG = LoggerFactory.getLogger(Troubles.class);

    private final AtomicLong faults = new AtomicLong();
    private final Map<String, String> standing = new TreeMap<>();
    private final Map<String, Boolean> logged = new ConcurrentHashMap<>();

    /** Does the work, or else what is usual without the plugin. Scala throws checked exceptions that no method declares. */
    void guard(String kind, Runnable work) {
        try {
            work.run();
        } catch (Exception | LinkageError e) {
            caught(kind, e);
        }
    }

    /** Takes a fault. Only its class is told outside: a message may say anything. */
    void caught(String kind, Throwable fault) {
        faults.incrementAndGet();
        stands(kind, kind + " failed with " + fault.getClass().getSimpleName());
        if (logged.putIfAbsent(kind, true) == null) {
            LOG.warn("Tidegate's {} failed, Spark goes on as without it; further ones are only counted", kind, fault);
        }
    }

    /** A trouble that stands until it {@link #isOver is over}. */
    synchronized void stands(String kind, String sentence) {
        standing.put(kind, sentence);
    }

    synchronized void isOver(String kind) {
        standing.remove(kind);
    }

    void set(String kind, Optional<String> sentence) {
        sentence.ifPresentOrElse(text -> stands(kind, text), () -> isOver(kind));
    }

    /** All that stands, in one sentence. */
    synchronized Optional<String> told() {
        return standing.isEmpty() ? Optional.empty() : Optional.of(String.join("; ", standing.values()));
    }

    long faults() {
        return faults.get();
    }
}
