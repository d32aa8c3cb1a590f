package io.tidegate.policyengine.state.binary;

import java.lang.reflect.Type;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.zip.CRC32C;

/**
 * How values of one record type lie in bytes, derived once from its components: no names, numbers in as few bytes as they
 * need, and in a list of records as the difference to the element before.
 *
 * @param <T> the type
 */
public final class Shape<T> {

    private final Class<T> type;
    private final Codec codec;
    private final int hash;

    private Shape(Class<T> type, Codec codec) {
        this.type = type;
        this.codec = codec;
        StringBuilder description = new StringBuilder();
        codec.describe(description);
        CRC32C crc = new CRC32C();
        crc.update(description.toString().getBytes(StandardCharsets.UTF_8));
        this.hash = (int) crc.getValue();
    }

    /**
     * Derives the shape of a type.
     *
     * @throws IllegalArgumentException if it is made of something else than records, sealed interfaces of records, lists,
     *     optionals, enums, strings, numbers, booleans, instants and durations
     */
    public static <T> Shape<T> of(Class<T> type) {
        return new Shape<>(type, Codecs.of((Type) type, false));
    }

    /** Differs from the hash of any other shape, most likely: names and types of all components are in it. */
    public int hash() {
        return hash;
    }

    /** Writes a value. */
    public void write(T value, BinaryWriter out) {
        codec.write(value, out, new long[codec.slots()], 0);
    }

    /**
     * Reads a value.
     *
     * @throws UnreadableBytesException if the bytes are not those of a valid value
     */
    public T read(BinaryReader in) {
        try {
            return type.cast(Objects.requireNonNull(codec.read(in, new long[codec.slots()], 0)));
        } catch (UnreadableBytesException e) {
            throw e;
        } catch (RuntimeException e) {
            throw new UnreadableBytesException("not a valid " + type.getSimpleName() + ": " + e.getMessage(), e);
        }
    }
}
