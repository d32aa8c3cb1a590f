package io.tidegate.replay;

import io.tidegate.testbed.process.TestbedException;
import java.io.BufferedInputStream;
import java.io.Closeable;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeader;
import org.jspecify.annotations.Nullable;

/**
 * Reads a recording, one record at a time: gzip; eight bytes that say what it is, the number of partitions, then records as they
 * were read (topic, partition, offset, time, key, headers, value), then the end mark and the end offset of the facts of
 * each partition. Lengths come before bytes; -1 stands for null.
 */
final class RecordingReader implements Closeable {

    /** TIDEREC and the version. */
    static final long MAGIC = 0x54494445_52454301L;

    static final int END = 0xff;

    private static final int BUFFER_BYTES = 1 << 16;
    private static final int MAX_PARTITIONS = 1000;
    private static final int MAX_HEADERS = 1000;

    /** Far above what a broker takes by default. */
    private static final int MAX_BYTES = 64 << 20;

    private final Path file;
    private final DataInputStream in;
    private final int partitions;
    private long @Nullable [] factEnds;

    RecordingReader(Path file) {
        this.file = file;
        try {
            in = new DataInputStream(new BufferedInputStream(
                    new GZIPInputStream(Files.newInputStream(file), BUFFER_BYTES), BUFFER_BYTES));
            if (in.readLong() != MAGIC) {
                throw unreadable("it is no recording of this version");
            }
            partitions = in.readInt();
        } catch (IOException e) {
            throw broken(e);
        }
        if (partitions < 1 || partitions > MAX_PARTITIONS) {
            throw unreadable("it says that it has " + partitions + " partitions");
        }
    }

    int partitions() {
        return partitions;
    }

    /** The next record; null at the end. */
    @Nullable
    RecordedEvent next() {
        if (factEnds != null) {
            return null;
        }
        try {
            int topic = in.readUnsignedByte();
            if (topic == END) {
                readEnds();
                return null;
            }
            RecordedTopic recorded = RecordedTopic.byNumber(topic)
                    .orElseThrow(() -> unreadable("it holds a record of an unknown topic"));
            int partition = in.readInt();
            if (partition < 0 || partition >= partitions) {
                throw unreadable("it holds a record of partition " + partition + " of " + partitions);
            }
            long offset = in.readLong();
            if (offset < 0) {
                throw unreadable("it holds a record of offset " + offset);
            }
            return new RecordedEvent(recorded, partition, offset, in.readLong(), bytes(), headers(), bytes());
        } catch (IOException e) {
            throw broken(e);
        }
    }

    /** The end offsets of the facts, once the end has been read. */
    long[] factEnds() {
        long[] ends = factEnds;
        if (ends == null) {
            throw new IllegalStateException("the end has not been read");
        }
        return ends.clone();
    }

    private void readEnds() throws IOException {
        long[] ends = new long[partitions];
        for (int i = 0; i < partitions; i++) {
            ends[i] = in.readLong();
        }
        factEnds = ends;
    }

    private List<Header> headers() throws IOException {
        int count = in.readInt();
        if (count < 0 || count > MAX_HEADERS) {
            throw unreadable("it holds a record with " + count + " headers");
        }
        List<Header> headers = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            byte[] key = bytes();
            if (key == null) {
                throw unreadable("it holds a header without a name");
            }
            headers.add(new RecordHeader(new String(key, StandardCharsets.UTF_8), bytes()));
        }
        return headers;
    }

    private byte @Nullable [] bytes() throws IOException {
        int length = in.readInt();
        if (length == -1) {
            return null;
        }
        if (length < 0 || length > MAX_BYTES) {
            throw unreadable("it holds a field of " + length + " bytes");
        }
        byte[] bytes = in.readNBytes(length);
        if (bytes.length < length) {
            throw new EOFException();
        }
        return bytes;
    }

    private TestbedException broken(IOException e) {
        if (e instanceof EOFException) {
            return unreadable("it is cut off");
        }
        return unreadable(e instanceof ZipException ? "it is no recording, or broken" : e.toString());
    }

    private TestbedException unreadable(String why) {
        return new TestbedException("The recording " + file + " can't be read: " + why + ".");
    }

    @Override
    public void close() throws IOException {
        in.close();
    }
}
