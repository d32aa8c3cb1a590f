package io.tidegate.testbed.ingest;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.common.errors.UnsupportedVersionException;

/** The program: consumes until SIGTERM, then commits and leaves its group. */
public final class IngestService {
    private static final long LONGEST_LEAVE_SECONDS = 10;

    private IngestService() {}

    public static void main(String[] arguments) {
        IngestSettings settings;
        try {
            settings = IngestSettings.from(System.getenv());
        } catch (IllegalArgumentException e) {
            System.err.println("ingest: " + e.getMessage());
            System.exit(2);
            return;
        }
        run(settings);
    }

    private static void run(IngestSettings settings) {
        try {
            runUntilAsked(settings);
        } catch (UnsupportedVersionException e) {
            System.err.println("ingest: the broker has no consumer protocol, taking the classic one");
            runUntilAsked(settings.withClassicProtocol());
        }
    }

    private static void runUntilAsked(IngestSettings settings) {
        CountDownLatch left = new CountDownLatch(1);
        try (IngestLoop loop = new IngestLoop(settings)) {
            Thread hook = new Thread(() -> {
                loop.stop();
                await(left);
            });
            Runtime.getRuntime().addShutdownHook(hook);
            loop.run();
        } finally {
            left.countDown();
        }
    }

    private static void await(CountDownLatch left) {
        try {
            boolean inTime = left.await(LONGEST_LEAVE_SECONDS, TimeUnit.SECONDS);
            if (!inTime) {
                System.err.println("ingest: could not leave the group in time");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
