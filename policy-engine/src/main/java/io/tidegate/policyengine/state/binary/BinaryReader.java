package io.tidegate.policyengine.state.binary;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads what a {@link BinaryWriter} has written. Whatever the bytes, it ends with a value or an {@link UnreadableBytesException}. */
public final class BinaryReader {

    private static final int VARINT_BITS = 64;

    private final byte[] bytes;
    private final int end;
    private final List<String> strings;
    private int at;

    public BinaryReader(byte[] bytes, int from, Strings dictionary) {
        this.bytes = bytes;
        this.at = from;
        this.end = bytes.length;
        this.strings = dictionary.copy();
    }

    /** Makes a string known, as the writer did. */
    public void know(String string) {
        if (!strings.contains(string)) {
            strings.add(string);
        }
    }

    /** Bytes left. */
    public int remaining() {
        return end - at;
    }

    /** One byte, 0 to 255. */
    public int oneByte() {
        need(1);
        return bytes[at++] & 0xff;
    }

    /** Four bytes. */
    public int fourBytes() {
        need(4);
        int value = ((bytes[at] & 0xff) << 24)
                | ((bytes[at + 1] & 0xff) << 16)
                | ((bytes[at + 2] & 0xff) << 8)
                | (bytes[at + 3] & 0xff);
        at += 4;
        return value;
    }

    /** Bytes whose number comes first. */
    public byte[] block() {
        int length = length();
        byte[] block = Arrays.copyOfRange(bytes, at, at + length);
        at += length;
        return block;
    }

    /** A number of things that take at least a byte each. */
    public int length() {
        long length = unsigned();
        if (length < 0 || length > remaining()) {
            throw new UnreadableBytesException("a length of " + Long.toUnsignedString(length) + " goes beyond the end");
        }
        return (int) length;
    }

    /** An unsigned number. */
    public long unsigned() {
        long value = 0;
        for (int shift = 0; shift < VARINT_BITS; shift += 7) {
            int next = oneByte();
            value |= (long) (next & 0x7f) << shift;
            if (next < 0x80) {
                return value;
            }
        }
        throw new UnreadableBytesException("a number has more than 64 bits");
    }

    /** A number of either sign. */
    public long signed() {
        return unzigzag(unsigned());
    }

    /** A number that may be absent. */
    public @Nullable Long optional() {
        long number = unsigned();
        if (number == 0) {
            return null;
        }
        return number == 1 ? eightBytes() : unzigzag(number - 2);
    }

    /** A double. */
    public double real() {
        long number = unsigned();
        long rest = unzigzag(number >>> BinaryWriter.DOUBLE_TAG_BITS);
        return switch ((int) number & 3) {
            case BinaryWriter.WHOLE -> rest;
            case BinaryWriter.THOUSANDTHS -> rest / BinaryWriter.THOUSAND;
            case BinaryWriter.BITS -> Double.longBitsToDouble(eightBytes());
            default -> throw new UnreadableBytesException("a double of an unknown kind");
        };
    }

    /** A string. */
    public @Nullable String string() {
        long number = unsigned() - 1;
        if (number < 0) {
            return null;
        }
        if (number < strings.size()) {
            return strings.get((int) number);
        }
        if (number > strings.size()) {
            throw new UnreadableBytesException("a string that was not written before");
        }
        String string = new String(block(), StandardCharsets.UTF_8);
        strings.add(string);
        return string;
    }

    private long eightBytes() {
        long high = fourBytes();
        return (high << 32) | (fourBytes() & 0xffffffffL);
    }

    private static long unzigzag(long value) {
        return (value >>> 1) ^ -(value & 1);
    }

    private void need(int count) {
        if (remaining() < count) {
            throw new UnreadableBytesException("the bytes end too early");
        }
    }
}
