package io.tidegate.policyengine.state.binary;

import org.jspecify.annotations.Nullable;

/** Writes and reads one part of a value. */
interface Codec {

    /** How many numbers of the element before this part looks at. */
    default int slots() {
        return 0;
    }

    /**
     * Writes a part.
     *
     * @param before numbers of the element before, which this part replaces by its own; zeros for the first
     * @param slot where its own begin
     */
    void write(@Nullable Object value, BinaryWriter out, long[] before, int slot);

    /** Reads a part; the rest as in {@link #write}. */
    @Nullable
    Object read(BinaryReader in, long[] before, int slot);

    /** Says what this part is made of. */
    void describe(StringBuilder to);
}
