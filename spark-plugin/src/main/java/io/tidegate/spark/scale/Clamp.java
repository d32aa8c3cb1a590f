package io.tidegate.spark.scale;

import java.util.Optional;
import java.util.OptionalInt;

/**
 * Turns what Spark wants into what is asked of the cluster. Called under locks of Spark's scheduler, so it computes and
 * nothing else.
 */
public final class Clamp {
    private final boolean dynamic;
    private final int configured;
    private int wanted;
    private boolean open;
    private Optional<DesiredState> taken = Optional.empty();

    /**
     * A clamp without bounds.
     *
     * @param dynamic whether dynamic allocation asks for executors; else the cap is their number
     * @param configured most executors that Spark itself was configured with
     */
    public Clamp(boolean dynamic, int configured) {
        this.dynamic = dynamic;
        this.configured = configured;
    }

    /** Keeps what Spark wants and returns what it gets. */
    public synchronized int want(int executors) {
        wanted = executors;
        return granted();
    }

    /** Takes the state unless one with the same or a higher sequence was taken; whether it was. */
    public synchronized boolean take(DesiredState state) {
        if (taken.isPresent() && state.sequence() <= taken.get().sequence()) {
            return false;
        }
        taken = Optional.of(state);
        return true;
    }

    /** Opens or closes it; open, it asks for what Spark by itself could have had. */
    public synchronized void open(boolean opened) {
        open = opened;
    }

    public synchronized int wanted() {
        return wanted;
    }

    public synchronized int granted() {
        if (taken.isEmpty()) {
            return wanted;
        }
        DesiredState state = taken.get();
        int cap = open ? Math.max(state.cap(), configured) : state.cap();
        if (!dynamic) {
            return cap;
        }
        int floor = open ? 0 : state.floor();
        return Math.max(floor, Math.min(wanted, cap));
    }

    /** Executors above which some are let go; empty while nobody is. */
    public synchronized OptionalInt limit() {
        return taken.isEmpty() || open
                ? OptionalInt.empty()
                : OptionalInt.of(taken.get().cap());
    }

    /** The number of executors to have without dynamic allocation; empty while it is Spark's own business. */
    public synchronized OptionalInt total() {
        return dynamic || taken.isEmpty() ? OptionalInt.empty() : OptionalInt.of(granted());
    }

    public synchronized Optional<DesiredState> taken() {
        return taken;
    }

    public boolean dynamic() {
        return dynamic;
    }
}
