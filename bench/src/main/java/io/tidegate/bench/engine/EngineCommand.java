package io.tidegate.bench.engine;

import com.fasterxml.jackson.databind.json.JsonMapper;
import io.tidegate.bench.engine.EngineMeter.Look;
import io.tidegate.contracts.topic.TopicCreation;
import io.tidegate.contracts.topic.Topics;
import io.tidegate.testbed.broker.BrokerSource;
import io.tidegate.testbed.broker.KafkaBroker;
import io.tidegate.testbed.files.RunDirectory;
import io.tidegate.testbed.process.ChildProcess;
import io.tidegate.testbed.process.ProcessSpec;
import io.tidegate.testbed.process.Progress;
import io.tidegate.testbed.process.TestbedException;
import io.tidegate.testbed.services.ServiceLaunch;
import io.tidegate.testbed.services.ServiceProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.clients.admin.Admin;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** The engine alone, on one core, with a broker on the other. */
@Command(
        name = "engine",
        mixinStandardHelpOptions = true,
        description = {
            "Measures the engine alone, pinned to one core: how fast it reads a log that lies there, and what it costs to keep up",
            "with one sample a second of each workload. Takes about 3 minutes."
        })
public final class EngineCommand implements Callable<Integer> {

    private static final String ENGINE_CORE = "0";
    private static final String OTHER_CORE = "1";

    /** Behind by more than the engine's catch-up-after of 10 s, it tells no targets. */
    private static final Duration LIE_FOR = Duration.ofSeconds(11);

    /** Each look costs the engine a page of metrics, with the series of 2,000 workloads, on the core that is measured. */
    private static final Duration LOOK_EVERY = Duration.ofSeconds(5);
    /** How often the pages are read while the log grows: as Prometheus does in most set-ups. */
    private static final int SCRAPE_SECONDS = 15;

    private static final Duration READ_WITHIN = Duration.ofMinutes(5);
    private static final int SLOTS_A_SECOND = 20;

    @Option(names = "--workloads", defaultValue = "10000", description = "How many (default ${DEFAULT-VALUE}).")
    private int workloads = 10_000;

    @Option(
            names = "--partitions",
            defaultValue = "10",
            description = "Partitions in each sample (default ${DEFAULT-VALUE}).")
    private int partitions = 10;

    @Option(
            names = "--preloaded",
            defaultValue = "40",
            description = "Samples of each workload that lie there at the start (default ${DEFAULT-VALUE}).")
    private int preloaded = 40;

    @Option(
            names = "--seconds",
            defaultValue = "30",
            description = "How long the log then grows (default ${DEFAULT-VALUE}).")
    private int seconds = 30;

    @Option(names = "--report", paramLabel = "FILE", description = "Writes the report to this file, as JSON.")
    private @Nullable Path report;

    @Option(names = "--jfr", paramLabel = "FILE", description = "Has the engine write a flight recording to this file.")
    private @Nullable Path recording;

    private final Progress progress = Progress.console();

    @Override
    public Integer call() throws InterruptedException, IOException {
        boolean pinned = Files.isExecutable(Path.of("/usr/bin/taskset"))
                && Runtime.getRuntime().availableProcessors() > 1;
        try (RunDirectory directory = RunDirectory.create(false);
                KafkaBroker broker = BrokerSource.process().start(directory.folder("kafka"), progress)) {
            int topicPartitions = createTopics(broker);
            if (pinned) {
                pin(ProcessHandle.current().pid(), directory);
                broker.process().ifPresent(process -> pin(process.pid(), directory));
            }
            try (FactStream facts = new FactStream(broker.bootstrapServers(), workloads, partitions, topicPartitions)) {
                preload(facts);
                try (ServiceProcess engine =
                        ServiceProcess.engine(broker.bootstrapServers(), directory, "engine-0", launch(pinned))) {
                    write(measure(engine, facts, pinned));
                }
            }
        }
        return 0;
    }

    private void preload(FactStream facts) {
        progress.during("writing %,d facts".formatted((long) workloads * (preloaded + 2)), () -> {
            facts.begin();
            for (int i = 0; i < preloaded; i++) {
                facts.ticks();
                facts.samples(workloads);
            }
            facts.flush();
            return facts;
        });
        LockSupport.parkNanos(LIE_FOR.toNanos());
    }

    private EngineReport measure(ServiceProcess engine, FactStream facts, boolean pinned) {
        EngineMeter meter = new EngineMeter(engine);
        engine.awaitReady(READ_WITHIN);
        progress.line("the engine reads what lies there");
        Look first = awaitRead(meter, 1);
        EngineReport.Phase catchingUp = awaitRead(meter, facts.written()).since(first);
        progress.line("%,.0f facts/s; the log grows by %,d samples a second from now on"
                .formatted(catchingUp.factsPerSecond(), workloads));
        // What follows the catching-up, last targets and the compiler's rest, is not the steady state.
        pace(facts, meter, 5);
        Look before = meter.look();
        List<Double> behind = pace(facts, meter, seconds);
        EngineReport.Phase paced = meter.look().since(before);
        return new EngineReport(
                ServiceProcess.configurationHash(),
                workloads,
                partitions,
                pinned,
                catchingUp,
                new EngineReport.Paced(
                        paced, EngineMeter.rounded(paced.cpuMicrosPerFact() * paced.factsPerSecond() / 1e4), behind),
                meter.rssPeak());
    }

    /** Waits until so many facts have been read; returns the last look at which there was still something to read. */
    private Look awaitRead(EngineMeter meter, long facts) {
        long deadline = System.nanoTime() + READ_WITHIN.toNanos();
        Look busy = meter.look();
        for (Look look = busy; look.facts() < facts; look = meter.look()) {
            if (System.nanoTime() > deadline) {
                throw new TestbedException("The engine has read %,.0f of %,d facts within %s."
                        .formatted(look.facts(), facts, READ_WITHIN));
            }
            busy = look;
            LockSupport.parkNanos(LOOK_EVERY.toNanos());
        }
        return busy;
    }

    /** One sample of each workload a second, spread over it; returns how far the engine was behind at each scrape. */
    private List<Double> pace(FactStream facts, EngineMeter meter, int length) {
        List<Double> behind = new ArrayList<>();
        long start = System.nanoTime();
        for (int slot = 0; slot < length * SLOTS_A_SECOND; slot++) {
            if (slot % SLOTS_A_SECOND == 0) {
                facts.ticks();
            }
            facts.samples(workloads / SLOTS_A_SECOND);
            if ((slot + 1) % SLOTS_A_SECOND == 0) {
                meter.watchMemory();
            }
            if ((slot + 1) % (SCRAPE_SECONDS * SLOTS_A_SECOND) == 0) {
                behind.add(meter.look().behind());
            }
            long next = start + (slot + 1) * Duration.ofSeconds(1).toNanos() / SLOTS_A_SECOND;
            LockSupport.parkNanos(next - System.nanoTime());
        }
        facts.flush();
        return behind;
    }

    private ServiceLaunch launch(boolean pinned) {
        List<String> options = new ArrayList<>();
        if (recording != null) {
            options.add("-XX:StartFlightRecording=filename=" + recording.toAbsolutePath()
                    + ",settings=profile,dumponexit=true");
        }
        return new ServiceLaunch(pinned ? List.of("taskset", "-c", ENGINE_CORE) : List.of(), options);
    }

    private static int createTopics(KafkaBroker broker) throws InterruptedException {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", broker.bootstrapServers()))) {
            return new TopicCreation(admin, Topics.PARTITIONS, Optional.empty()).ensure();
        }
    }

    /** Moves all threads of a process to the core that is not the engine's. */
    private static void pin(long pid, RunDirectory directory) {
        List<String> command = List.of("taskset", "-acp", OTHER_CORE, String.valueOf(pid));
        try (ChildProcess taskset =
                ChildProcess.start(ProcessSpec.disposable("taskset-" + pid, command, directory.path()))) {
            taskset.waitFor(Duration.ofSeconds(10));
        }
    }

    private void write(EngineReport result) throws IOException {
        String json = new JsonMapper().writerWithDefaultPrettyPrinter().writeValueAsString(result);
        System.out.println(json);
        if (report != null) {
            Files.writeString(report, json + System.lineSeparator());
        }
    }
}
