package io.tidegate.testbed.demo;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;

/** Reads the group's commits ten times a second and tells them to the tracker; a wait is at most a period too long. */
final class CommitWatch implements AutoCloseable {

    private static final Duration PERIOD = Duration.ofMillis(100);

    private final Admin admin;
    private final String group;
    private final WaitTracker tracker;
    private final Thread thread;
    private volatile boolean closed;

    CommitWatch(Admin admin, String group, WaitTracker tracker) {
        this.admin = admin;
        this.group = group;
        this.tracker = tracker;
        thread = Thread.ofPlatform().daemon().name("demo-commits").start(this::watch);
    }

    private void watch() {
        try {
            while (!closed) {
                read();
                LockSupport.parkNanos(PERIOD.toNanos());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void read() throws InterruptedException {
        try {
            Map<TopicPartition, OffsetAndMetadata> commits = admin.listConsumerGroupOffsets(group)
                    .partitionsToOffsetAndMetadata()
                    .get();
            long now = System.currentTimeMillis();
            commits.forEach((partition, commit) -> {
                if (commit != null) {
                    tracker.committed(partition.partition(), commit.offset(), now);
                }
            });
        } catch (ExecutionException e) {
            System.getLogger(CommitWatch.class.getName())
                    .log(System.Logger.Level.WARNING, "The commits of " + group + " cannot be read: " + e.getMessage());
        }
    }

    @Override
    public void close() {
        closed = true;
        try {
            thread.join(Duration.ofSeconds(5));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
