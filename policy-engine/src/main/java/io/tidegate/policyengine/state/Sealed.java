package io.tidegate.policyengine.state;

import io.tidegate.policyengine.state.binary.UnreadableBytesException;
import java.util.zip.CRC32C;

/** What stands before each value that is not JSON: how it is laid out, and a checksum, so that broken bytes are never misread. */
final class Sealed {

    /** Bytes before the value. */
    static final int LENGTH = 5;

    /** No JSON begins with it. */
    private static final byte FORMAT = 1;

    private Sealed() {}

    /** Fills in the first bytes of a value that begins behind them. */
    static void seal(byte[] value) {
        int checksum = checksum(value);
        value[0] = FORMAT;
        value[1] = (byte) (checksum >>> 24);
        value[2] = (byte) (checksum >>> 16);
        value[3] = (byte) (checksum >>> 8);
        value[4] = (byte) checksum;
    }

    /** Checks a value. */
    static void open(byte[] value) {
        if (value.length < LENGTH || value[0] != FORMAT) {
            throw new UnreadableBytesException("kept by another version");
        }
        int checksum =
                ((value[1] & 0xff) << 24) | ((value[2] & 0xff) << 16) | ((value[3] & 0xff) << 8) | (value[4] & 0xff);
        if (checksum != checksum(value)) {
            throw new UnreadableBytesException("the checksum is wrong");
        }
    }

    private static int checksum(byte[] value) {
        CRC32C crc = new CRC32C();
        crc.update(value, LENGTH, value.length - LENGTH);
        return (int) crc.getValue();
    }
}
