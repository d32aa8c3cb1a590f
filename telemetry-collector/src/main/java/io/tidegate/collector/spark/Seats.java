package io.tidegate.collector.spark;

import java.util.HashMap;
import java.util.Map;

/** A bounded number of places, of which no namespace gets more than its share. Safe for use by many threads. */
final class Seats {

    private final int most;
    private final int mostOfANamespace;
    private final Map<String, Integer> taken = new HashMap<>();
    private int all;

    Seats(int most, int mostOfANamespace) {
        this.most = most;
        this.mostOfANamespace = mostOfANamespace;
    }

    /** Takes a place; false if there is none left. */
    synchronized boolean take(String namespace) {
        int own = taken.getOrDefault(namespace, 0);
        if (all >= most || own >= mostOfANamespace) {
            return false;
        }
        taken.put(namespace, own + 1);
        all++;
        return true;
    }

    /** Gives a place back that was taken. */
    synchronized void giveBack(String namespace) {
        taken.computeIfPresent(namespace, (key, own) -> own > 1 ? own - 1 : null);
        all--;
    }
}
