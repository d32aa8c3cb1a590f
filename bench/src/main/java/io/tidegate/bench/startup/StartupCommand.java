package io.tidegate.bench.startup;

import com.fasterxml.jackson.databind.json.JsonMapper;
import io.tidegate.bench.latency.Fleet;
import io.tidegate.testbed.Testbed;
import io.tidegate.testbed.TestbedOptions;
import io.tidegate.testbed.process.ProcessUsage;
import io.tidegate.testbed.process.Progress;
import io.tidegate.testbed.process.TestbedException;
import io.tidegate.testbed.services.ServiceKind;
import io.tidegate.testbed.services.ServiceLaunch;
import io.tidegate.testbed.services.ServiceProcess;
import io.tidegate.testbed.services.TidegateServices;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import org.apache.kafka.clients.admin.Admin;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Measures how services start. */
@Command(
        name = "startup",
        mixinStandardHelpOptions = true,
        description = {
            "Measures how long each service takes to be live and to be ready, with 100 workloads there, and what memory it holds",
            "after 60 s without load; with and without its AOT cache, in turn. Takes about 10 minutes."
        })
public final class StartupCommand implements Callable<Integer> {

    private static final Duration SETTLE = Duration.ofSeconds(20);
    private static final Duration STARTED_WITHIN = Duration.ofSeconds(90);
    private static final Duration LOOK_EVERY = Duration.ofMillis(10);

    @Option(names = "--workloads", defaultValue = "100", description = "How many workloads (default ${DEFAULT-VALUE}).")
    private int workloads = 100;

    @Option(
            names = "--starts",
            defaultValue = "5",
            description = "Starts of each service, with and without (default ${DEFAULT-VALUE}).")
    private int starts = 5;

    @Option(
            names = "--idle",
            defaultValue = "60",
            description = "Seconds until memory is measured, after the last start (default ${DEFAULT-VALUE}).")
    private int idle = 60;

    @Option(names = "--report", paramLabel = "FILE", description = "Writes the report to this file, as JSON.")
    private @Nullable Path report;

    private final Progress progress = Progress.console();

    /** Of one service in one way: milliseconds of each start, and memory at the end. */
    private static final class Measured {
        private final List<Long> live = new ArrayList<>();
        private final List<Long> ready = new ArrayList<>();
        private long residentBytes;

        StartupReport.Figures figures() {
            return new StartupReport.Figures(
                    StartupReport.Times.of(live),
                    StartupReport.Times.of(ready),
                    Math.round(residentBytes / 1048576.0 * 10) / 10.0);
        }
    }

    @Override
    public Integer call() throws InterruptedException, IOException {
        String loadBefore = load();
        Map<String, StartupReport.Service> measured = new TreeMap<>();
        try (Testbed testbed = Testbed.start(TestbedOptions.defaults(), progress);
                TidegateServices services = TidegateServices.start(testbed, progress);
                Admin admin = Admin.create(
                        Map.of("bootstrap.servers", testbed.broker().bootstrapServers()))) {
            Fleet.create(testbed, admin, workloads).applyPolicies();
            Thread.sleep(SETTLE);
            for (ServiceKind kind : ServiceKind.values()) {
                measured.put(kind.module(), measure(services, kind));
            }
        }
        write(new StartupReport(
                ServiceProcess.configurationHash(), workloads, starts, idle, loadBefore, load(), measured));
        return 0;
    }

    private StartupReport.Service measure(TidegateServices services, ServiceKind kind) throws InterruptedException {
        Measured without = new Measured();
        Measured with = new Measured();
        for (int i = 1; i <= starts; i++) {
            boolean last = i == starts;
            progress.line("start " + i + " of " + starts + " of the " + kind.module() + ", without and with AOT cache");
            start(services, kind, ServiceLaunch.PLAIN.withoutAotCache(), last, without);
            start(services, kind, ServiceLaunch.PLAIN, last, with);
        }
        return new StartupReport.Service(without.figures(), with.figures());
    }

    private void start(TidegateServices services, ServiceKind kind, ServiceLaunch how, boolean stay, Measured measured)
            throws InterruptedException {
        ServiceProcess service = services.replace(kind, how);
        long start = System.nanoTime();
        measured.live.add(millisUntil(service, "/q/health/live", start));
        measured.ready.add(millisUntil(service, "/q/health/ready", start));
        if (stay) {
            Thread.sleep(Duration.ofSeconds(idle));
            measured.residentBytes = service.process()
                    .usage()
                    .map(ProcessUsage::residentBytes)
                    .orElseThrow(() -> new TestbedException("This system doesn't say what memory a process holds."));
        }
    }

    private static long millisUntil(ServiceProcess service, String path, long start) throws InterruptedException {
        while (service.get(path).statusCode() != 200) {
            service.process().requireAlive();
            if (System.nanoTime() - start > STARTED_WITHIN.toNanos()) {
                throw new TestbedException("The " + service.kind().module() + " was not there within "
                        + STARTED_WITHIN.toSeconds() + " s; its log is "
                        + service.process().log());
            }
            Thread.sleep(LOOK_EVERY);
        }
        return Duration.ofNanos(System.nanoTime() - start).toMillis();
    }

    /** What else this machine does: the load of the last minute, five and fifteen. */
    private static String load() throws IOException {
        Path file = Path.of("/proc/loadavg");
        return Files.isReadable(file) ? Files.readString(file).strip() : "unknown";
    }

    private void write(StartupReport result) throws IOException {
        String json = new JsonMapper().writerWithDefaultPrettyPrinter().writeValueAsString(result);
        System.out.println(json);
        if (report != null) {
            Files.writeString(report, json + System.lineSeparator());
        }
    }
}
