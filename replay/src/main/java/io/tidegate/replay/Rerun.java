package io.tidegate.replay;

import io.tidegate.replay.DecisionList.Difference;
import io.tidegate.testbed.broker.BrokerSource;
import io.tidegate.testbed.broker.KafkaBroker;
import io.tidegate.testbed.files.RunDirectory;
import io.tidegate.testbed.process.Progress;
import io.tidegate.testbed.process.TestbedException;
import io.tidegate.testbed.services.ServiceLaunch;
import io.tidegate.testbed.services.ServiceProcess;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.TopicPartition;

/** Has fresh engines read recorded facts, and compares what they decide with what was recorded. */
public final class Rerun {

    private static final Duration LOOK_EVERY = Duration.ofMillis(500);

    /** Without any progress for so long, an engine is stuck. */
    private static final Duration STUCK_AFTER = Duration.ofMinutes(2);

    private final Path recording;
    private final int instances;
    private final int maxPollRecords;
    private final Progress progress;

    /**
     * @param instances how many engines share the partitions
     * @param maxPollRecords most facts that an engine takes at once; 0 for its default
     */
    public Rerun(Path recording, int instances, int maxPollRecords, Progress progress) {
        this.recording = recording;
        this.instances = instances;
        this.maxPollRecords = maxPollRecords;
        this.progress = progress;
    }

    /** Runs on a broker of its own. */
    public RerunReport run() throws InterruptedException {
        try (RunDirectory directory = RunDirectory.create(Boolean.getBoolean("tidegate.testbed.keep"));
                KafkaBroker broker = BrokerSource.configured().start(directory.folder("kafka"), progress)) {
            return run(broker.bootstrapServers(), directory);
        }
    }

    /** Runs on a broker that has none of the topics yet. */
    public RerunReport run(String bootstrapServers, RunDirectory directory) throws InterruptedException {
        Map<String, Object> kafka = Map.of("bootstrap.servers", bootstrapServers);
        try (Admin admin = Admin.create(kafka)) {
            FactLoader loader = new FactLoader(kafka, recording, progress);
            Map<TopicPartition, Long> ends = loader.load(admin);
            long started = System.nanoTime();
            List<ServiceProcess> engines = new ArrayList<>();
            try {
                for (int i = 0; i < instances; i++) {
                    engines.add(ServiceProcess.engine(bootstrapServers, directory, "rerun-" + i, launch()));
                }
                awaitRead(admin, ends, engines);
            } finally {
                engines.forEach(ServiceProcess::close);
            }
            double seconds = (System.nanoTime() - started) / 1e9;
            return compare(kafka, loader.factEnds(), seconds);
        }
    }

    private ServiceLaunch launch() {
        return maxPollRecords == 0
                ? ServiceLaunch.PLAIN
                : new ServiceLaunch(List.of(), List.of(ServiceLaunch.kafkaOption("max.poll.records", maxPollRecords)));
    }

    private void awaitRead(Admin admin, Map<TopicPartition, Long> ends, List<ServiceProcess> engines)
            throws InterruptedException {
        long all = ends.values().stream().mapToLong(end -> end).sum();
        long read = -1;
        long moved = System.nanoTime();
        int looks = 0;
        while (read < all) {
            engines.forEach(engine -> engine.process().requireAlive());
            long now = EnginePosition.read(admin, "", ends);
            if (now != read) {
                read = now;
                moved = System.nanoTime();
            } else if (System.nanoTime() - moved > STUCK_AFTER.toNanos()) {
                throw new TestbedException(
                        "The engine has read " + read + " of " + all + " facts and goes no further; its log is "
                                + engines.getFirst().process().log());
            }
            if (++looks % 20 == 0) {
                progress.line("the engine has read %,d of %,d facts".formatted(read, all));
            }
            LockSupport.parkNanos(LOOK_EVERY.toNanos());
        }
    }

    private RerunReport compare(Map<String, Object> kafka, long[] factEnds, double seconds) {
        DecisionList recorded = new DecisionList(factEnds);
        long facts = 0;
        try (RecordingReader reader = new RecordingReader(recording)) {
            for (RecordedEvent event = reader.next(); event != null; event = reader.next()) {
                switch (event.topic()) {
                    case FACTS -> facts++;
                    case DECISIONS -> recorded.add(event);
                }
            }
        } catch (IOException e) {
            throw new TestbedException("The recording " + recording + " can't be read: " + e.getMessage(), e);
        }
        DecisionTopic topic = new DecisionTopic(kafka);
        DecisionList rerun = new DecisionList(factEnds);
        topic.forEach(rerun::add);
        List<String> conflicts = new ArrayList<>(recorded.conflicts());
        conflicts.addAll(rerun.conflicts());
        List<RerunReport.Difference> differences = recorded.differences(rerun).stream()
                .map(difference -> describe(difference, topic))
                .toList();
        return new RerunReport(
                differences.isEmpty() && conflicts.isEmpty(),
                facts,
                recorded.workloads(),
                recorded.decisions(),
                rerun.decisions(),
                recorded.duplicates(),
                rerun.duplicates(),
                instances,
                maxPollRecords,
                seconds,
                conflicts,
                differences);
    }

    private RerunReport.Difference describe(Difference difference, DecisionTopic topic) {
        DecisionList.Told mine = difference.recorded();
        DecisionList.Told its = difference.rerun();
        return new RerunReport.Difference(
                difference.workload(),
                difference.index(),
                mine == null ? "nothing" : recordedText(mine),
                its == null ? "nothing" : topic.text(its));
    }

    private String recordedText(DecisionList.Told told) {
        try (RecordingReader reader = new RecordingReader(recording)) {
            for (RecordedEvent event = reader.next(); event != null; event = reader.next()) {
                if (event.topic() == RecordedTopic.DECISIONS
                        && event.partition() == told.partition()
                        && event.offset() == told.offset()) {
                    return DecisionTopic.text(event.value());
                }
            }
        } catch (IOException e) {
            return "unreadable: " + e.getMessage();
        }
        return "gone";
    }
}
