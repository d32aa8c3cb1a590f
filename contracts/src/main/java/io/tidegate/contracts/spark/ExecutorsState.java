package io.tidegate.contracts.spark;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What the plugin in a Spark driver, and nobody else, answers on the driver pod. What is absent is unknown, never 0.
 *
 * @param version version of this document, {@value #VERSION}
 * @param plugin version of the plugin
 * @param sequence sequence of the desired state taken last; absent before the first
 * @param floor floor in force; absent before the first desired state
 * @param cap cap in force; absent before the first desired state
 * @param dynamic whether dynamic allocation is on
 * @param slots tasks that an executor runs at a time, at least 1
 * @param wanted executors that Spark itself asks for; absent if it asks for none by itself
 * @param granted executors that were asked of the cluster
 * @param running executors that are registered and not draining
 * @param draining executors that are being let go
 * @param problem what keeps the plugin from its work, in words for the application's owner; absent if nothing does
 */
public record ExecutorsState(
        int version,
        String plugin,
        @Nullable Long sequence,
        @Nullable Integer floor,
        @Nullable Integer cap,
        boolean dynamic,
        int slots,
        @Nullable Integer wanted,
        int granted,
        int running,
        int draining,
        @Nullable String problem) {

    /** Name of the annotation. */
    public static final String ANNOTATION = "tidegate.io/executors-state";

    /** The version of this document that is known. */
    public static final int VERSION = 1;

    public ExecutorsState {
        Objects.requireNonNull(plugin, "plugin");
        if (version != VERSION) {
            throw new IllegalArgumentException("version must be " + VERSION + ": " + version);
        }
        requireAmount("sequence", sequence);
        requireAmount("floor", floor == null ? null : Long.valueOf(floor));
        requireAmount("cap", cap == null ? null : Long.valueOf(cap));
        requireAmount("wanted", wanted == null ? null : Long.valueOf(wanted));
        if (slots < 1) {
            throw new IllegalArgumentException("slots must be at least 1: " + slots);
        }
        if (granted < 0 || running < 0 || draining < 0) {
            throw new IllegalArgumentException("granted, running and draining must not be negative: granted " + granted
                    + ", running " + running + ", draining " + draining);
        }
    }

    private static void requireAmount(String name, @Nullable Long amount) {
        if (amount != null && amount < 0) {
            throw new IllegalArgumentException(name + " must not be negative: " + amount);
        }
    }
}
