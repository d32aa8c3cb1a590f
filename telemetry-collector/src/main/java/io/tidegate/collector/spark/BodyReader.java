package io.tidegate.collector.spark;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.Optional;
import java.util.function.LongSupplier;

/** Reads a body of bounded size in bounded time, so that nobody holds a thread or the memory. */
final class BodyReader {

    private static final int CHUNK = 16_384;
    private static final long MOST_DRAINED = 8 << 20;
    private static final Duration DRAIN_LIMIT = Duration.ofSeconds(2);

    private final int most;
    private final Duration limit;
    private final LongSupplier nanos;

    /**
     * @param most bytes that are taken
     * @param limit how long all of it may take
     */
    BodyReader(int most, Duration limit, LongSupplier nanos) {
        this.most = most;
        this.limit = limit;
        this.nanos = nanos;
    }

    /**
     * Reads all of it; empty if it is larger than what is taken, of which no more is read then.
     *
     * @throws IOException if it ends too early, or takes too long
     */
    Optional<byte[]> read(InputStream body) throws IOException {
        long began = nanos.getAsLong();
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        byte[] chunk = new byte[CHUNK];
        int read = body.read(chunk);
        while (read >= 0) {
            all.write(chunk, 0, read);
            if (all.size() > most) {
                return Optional.empty();
            }
            if (nanos.getAsLong() - began > limit.toNanos()) {
                throw new IOException("took longer than " + limit);
            }
            read = body.read(chunk);
        }
        return Optional.of(all.toByteArray());
    }

    /** Reads and forgets what is left of a body, as far as that is not much, so that its sender comes to see the answer. */
    void drain(InputStream body) {
        long began = nanos.getAsLong();
        byte[] chunk = new byte[CHUNK];
        long left = MOST_DRAINED;
        try {
            int read = 0;
            while (read >= 0 && left > 0 && nanos.getAsLong() - began < DRAIN_LIMIT.toNanos()) {
                left -= read;
                read = body.read(chunk);
            }
        } catch (IOException e) {
            // It has ended then.
        }
    }
}
