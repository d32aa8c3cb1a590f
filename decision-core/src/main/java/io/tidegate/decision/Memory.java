package io.tidegate.decision;

/**
 * What the core remembers of one workload between decisions: bounded, and made of records, lists, strings, numbers,
 * instants and durations only, so that any mapper can store it.
 *
 * @param decisions number of decisions made
 */
public record Memory(long decisions) {
    private static final Memory EMPTY = new Memory(0);

    /** Nothing has been seen or decided. */
    public static Memory empty() {
        return EMPTY;
    }
}
