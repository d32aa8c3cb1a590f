package io.tidegate.contracts.fact;

import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Checks of what readings hold: counts, sizes and ages are never negative, lists never longer than they may be. */
final class Amounts {

    private Amounts() {}

    static void require(String name, @Nullable Long amount) {
        if (amount != null && amount < 0) {
            throw new IllegalArgumentException(name + " must not be negative: " + amount);
        }
    }

    static void require(String name, @Nullable Integer amount) {
        if (amount != null && amount < 0) {
            throw new IllegalArgumentException(name + " must not be negative: " + amount);
        }
    }

    static <T> List<T> bounded(String name, List<T> entries, int most) {
        Objects.requireNonNull(entries, name);
        if (entries.size() > most) {
            throw new IllegalArgumentException(name + " must have at most " + most + " entries: " + entries.size());
        }
        return List.copyOf(entries);
    }
}
