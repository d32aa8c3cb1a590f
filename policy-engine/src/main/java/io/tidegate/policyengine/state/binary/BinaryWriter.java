package io.tidegate.policyengine.state.binary;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Bytes being written; one writer is used over and over by one thread. */
public final class BinaryWriter {

    /** Whole numbers below are doubles exactly, and leave room for the sign and the tag. */
    private static final double EXACT = 1L << 52;

    static final double THOUSAND = 1000;
    static final int WHOLE = 0;
    static final int THOUSANDTHS = 1;
    static final int BITS = 2;
    static final int DOUBLE_TAG_BITS = 2;

    private final Map<String, Integer> strings = new HashMap<>();
    private Strings known = Strings.NONE;
    private byte[] bytes = new byte[1024];
    private int size;

    /** Starts anew, with the strings that the reader knows too. */
    public void start(Strings dictionary) {
        size = 0;
        strings.clear();
        known = dictionary;
    }

    /** Makes a string known, without a byte; the reader does the same. */
    public void know(String string) {
        if (known.number(string) < 0) {
            strings.putIfAbsent(string, known.size() + strings.size());
        }
    }

    /** Number of bytes so far. */
    public int size() {
        return size;
    }

    /** The bytes so far. */
    public byte[] toBytes() {
        return Arrays.copyOf(bytes, size);
    }

    /** The first bytes of the writer's own array are those written so far; valid until the next write. */
    public byte[] array() {
        return bytes;
    }

    /** One byte. */
    public void oneByte(int value) {
        room(1);
        bytes[size++] = (byte) value;
    }

    /** Four bytes. */
    public void fourBytes(int value) {
        room(4);
        setFourBytes(size, value);
        size += 4;
    }

    /** Replaces four bytes that were written before. */
    public void setFourBytes(int at, int value) {
        bytes[at] = (byte) (value >>> 24);
        bytes[at + 1] = (byte) (value >>> 16);
        bytes[at + 2] = (byte) (value >>> 8);
        bytes[at + 3] = (byte) value;
    }

    /** Bytes as they are, after their number. */
    public void block(byte[] block) {
        unsigned(block.length);
        room(block.length);
        System.arraycopy(block, 0, bytes, size, block.length);
        size += block.length;
    }

    /** A number that is taken as unsigned: 7 bits a byte, the low ones first. */
    public void unsigned(long value) {
        room(10);
        long rest = value;
        while ((rest & ~0x7fL) != 0) {
            bytes[size++] = (byte) (rest | 0x80);
            rest >>>= 7;
        }
        bytes[size++] = (byte) rest;
    }

    /** A number near 0, of either sign. */
    public void signed(long value) {
        unsigned(zigzag(value));
    }

    /** A number that may be absent: 0 says so, 1 that eight bytes follow. */
    public void optional(boolean present, long value) {
        if (!present) {
            oneByte(0);
            return;
        }
        long zigzag = zigzag(value);
        if (Long.compareUnsigned(zigzag, -3) <= 0) {
            unsigned(zigzag + 2);
        } else {
            oneByte(1);
            eightBytes(value);
        }
    }

    /** A double, exactly: short if it is a whole number or a number of thousandths. */
    public void real(double value) {
        double thousandths = Math.rint(value * THOUSAND);
        if (isSmallWhole(value)) {
            unsigned((zigzag((long) value) << DOUBLE_TAG_BITS) | WHOLE);
        } else if (isSmallWhole(thousandths) && thousandths / THOUSAND == value) {
            unsigned((zigzag((long) thousandths) << DOUBLE_TAG_BITS) | THOUSANDTHS);
        } else {
            oneByte(BITS);
            eightBytes(Double.doubleToRawLongBits(value));
        }
    }

    /** A string; the same string again is a number. */
    public void string(@Nullable String value) {
        if (value == null) {
            unsigned(0);
            return;
        }
        int number = known.number(value);
        if (number < 0) {
            Integer before = strings.get(value);
            number = before == null ? -1 : before;
        }
        if (number >= 0) {
            unsigned(number + 1L);
            return;
        }
        int next = known.size() + strings.size();
        unsigned(next + 1L);
        strings.put(value, next);
        block(value.getBytes(StandardCharsets.UTF_8));
    }

    private void eightBytes(long value) {
        fourBytes((int) (value >>> 32));
        fourBytes((int) value);
    }

    private static boolean isSmallWhole(double value) {
        return value == Math.rint(value) && Math.abs(value) < EXACT && !(value == 0 && 1 / value < 0);
    }

    private static long zigzag(long value) {
        return (value << 1) ^ (value >> 63);
    }

    private void room(int more) {
        if (size + more > bytes.length) {
            bytes = Arrays.copyOf(bytes, Math.max(2 * bytes.length, size + more));
        }
    }
}
