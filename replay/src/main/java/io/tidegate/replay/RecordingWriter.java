package io.tidegate.replay;

import java.io.BufferedOutputStream;
import java.io.Closeable;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPOutputStream;
import org.apache.kafka.common.header.Header;
import org.jspecify.annotations.Nullable;

/** Writes a recording: what is in it is said in {@link RecordingReader}. */
final class RecordingWriter implements Closeable {

    private static final int BUFFER_BYTES = 1 << 16;

    private final DataOutputStream out;

    RecordingWriter(Path file, int partitions) throws IOException {
        out = new DataOutputStream(new BufferedOutputStream(
                new GZIPOutputStream(Files.newOutputStream(file), BUFFER_BYTES), BUFFER_BYTES));
        out.writeLong(RecordingReader.MAGIC);
        out.writeInt(partitions);
    }

    void write(RecordedEvent event) throws IOException {
        out.writeByte(event.topic().number());
        out.writeInt(event.partition());
        out.writeLong(event.offset());
        out.writeLong(event.timestamp());
        writeBytes(event.key());
        out.writeInt(event.headers().size());
        for (Header header : event.headers()) {
            writeBytes(header.key().getBytes(StandardCharsets.UTF_8));
            writeBytes(header.value());
        }
        writeBytes(event.value());
    }

    /** Ends the recording; without it a reader says that it is cut off. */
    void end(long[] factEnds) throws IOException {
        out.writeByte(RecordingReader.END);
        for (long end : factEnds) {
            out.writeLong(end);
        }
    }

    private void writeBytes(byte @Nullable [] bytes) throws IOException {
        out.writeInt(bytes == null ? -1 : bytes.length);
        if (bytes != null) {
            out.write(bytes);
        }
    }

    @Override
    public void close() throws IOException {
        out.close();
    }
}
