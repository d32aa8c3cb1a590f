package io.tidegate.collector.spark;

import io.tidegate.collector.sender.Sender;
import java.time.Duration;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** Who sent lately, a bounded number of them. Safe for use by many threads. */
final class Senders {

    private static final Duration FORGOTTEN_AFTER = Duration.ofMinutes(1);

    private final Seats seats;
    /** The one that sent longest ago first. */
    private final Map<Sender, SenderState> states = new LinkedHashMap<>(16, 0.75f, true);

    /**
     * @param seats how many are remembered
     */
    Senders(Seats seats) {
        this.seats = seats;
    }

    /** What is remembered of a sender; empty if there are too many. */
    synchronized Optional<SenderState> of(Sender sender, long nanos) {
        SenderState known = states.get(sender);
        if (known == null) {
            forgetSome(nanos);
            if (!seats.take(sender.namespace())) {
                return Optional.empty();
            }
            known = new SenderState(nanos);
            states.put(sender, known);
        }
        return Optional.of(known);
    }

    /** Two for each new one, so that those who are silent are forgotten without a search. */
    private void forgetSome(long nanos) {
        Iterator<Map.Entry<Sender, SenderState>> eldestFirst = states.entrySet().iterator();
        for (int forgotten = 0; forgotten < 2 && eldestFirst.hasNext(); forgotten++) {
            Map.Entry<Sender, SenderState> eldest = eldestFirst.next();
            if (!eldest.getValue().isForgettable(nanos, FORGOTTEN_AFTER)) {
                return;
            }
            eldestFirst.remove();
            seats.giveBack(eldest.getKey().namespace());
        }
    }
}
