package io.tidegate.bench.latency;

import io.tidegate.bench.latency.LatencyBench.Kind;
import io.tidegate.bench.latency.LatencyReport.IdleCost;
import io.tidegate.bench.report.JsonReport;
import io.tidegate.testbed.Testbed;
import io.tidegate.testbed.TestbedOptions;
import io.tidegate.testbed.process.ChildProcess;
import io.tidegate.testbed.process.Progress;
import io.tidegate.testbed.process.TestbedException;
import io.tidegate.testbed.services.ServiceProcess;
import io.tidegate.testbed.services.TidegateServices;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Measures the reaction to lag and the cost of idle workloads. */
@Command(
        name = "latency",
        mixinStandardHelpOptions = true,
        description = {
            "Measures how long it takes from a step in lag to the patched size, with 100 workloads on simulated",
            "nodes, and what idle workloads cost. Takes about 15 minutes."
        })
public final class LatencyCommand implements Callable<Integer> {

    private static final Duration IDLE = Duration.ofSeconds(60);
    private static final Duration SETTLE = Duration.ofSeconds(20);

    @Option(names = "--workloads", defaultValue = "100", description = "How many workloads (default ${DEFAULT-VALUE}).")
    private int workloads = 100;

    @Option(
            names = "--samples",
            defaultValue = "200",
            description = "Samples of each kind, at least (default ${DEFAULT-VALUE}).")
    private int samples = 200;

    @Option(names = "--report", paramLabel = "FILE", description = "Writes the report to this file, as JSON.")
    private @Nullable Path report;

    @Option(names = "--keep", description = "Leaves the run's files and logs there at the end.")
    private boolean keep;

    private final Progress progress = Progress.console();

    @Override
    public Integer call() throws InterruptedException, IOException {
        try (Testbed testbed = Testbed.start(TestbedOptions.defaults().withKeepFiles(keep), progress);
                TidegateServices services = TidegateServices.start(testbed, progress);
                Admin admin = Admin.create(
                        Map.of("bootstrap.servers", testbed.broker().bootstrapServers()));
                Lag lag = new Lag(producer(testbed), admin)) {
            Path auditLog = testbed.controlPlane()
                    .auditLog()
                    .orElseThrow(() -> new TestbedException(
                            "The bench needs the API server's audit log: unset TIDEGATE_KUBECONFIG."));
            try (Writes writes = new Writes(auditLog, progress)) {
                JsonReport.of(measure(testbed, services, Fleet.create(testbed, admin, workloads), lag, writes))
                        .print()
                        .write(report);
            }
        }
        return 0;
    }

    private LatencyReport measure(Testbed testbed, TidegateServices services, Fleet fleet, Lag lag, Writes writes)
            throws InterruptedException {
        fleet.applyPolicies();
        Thread.sleep(SETTLE);
        LatencyBench bench = new LatencyBench(fleet, lag, writes, progress);
        bench.run(samples);
        CpuMeter meter = new CpuMeter(measured(testbed, services));
        progress.line("idle, half of the workloads at one replica");
        bench.halfToOne();
        Thread.sleep(SETTLE);
        Map<String, Double> with = meter.measure(IDLE);
        progress.line("idle without policies");
        fleet.deletePolicies();
        Thread.sleep(SETTLE);
        return report(bench, writes, meter.measure(IDLE), with);
    }

    private LatencyReport report(
            LatencyBench bench, Writes writes, Map<String, Double> without, Map<String, Double> with) {
        Map<String, IdleCost> idle = new LinkedHashMap<>();
        with.forEach((name, percent) -> idle.put(name, new IdleCost(without.getOrDefault(name, 0.0), percent)));
        double cost = idle.entrySet().stream()
                .filter(entry -> !entry.getKey().startsWith("kube"))
                .mapToDouble(entry ->
                        entry.getValue().withIdleWorkloads() - entry.getValue().withoutPolicies())
                .sum();
        return new LatencyReport(
                ServiceProcess.configurationHash(),
                workloads,
                bench.distribution(Kind.FROM_ZERO),
                bench.distribution(Kind.ABOVE_ZERO),
                bench.distribution(Kind.TO_ZERO),
                bench.distribution(Kind.ALL_AT_ONCE),
                bench.timeouts(),
                writes.refused(),
                idle,
                Math.round(cost * 100) / 100.0);
    }

    private static List<ChildProcess> measured(Testbed testbed, TidegateServices services) {
        List<ChildProcess> processes = new ArrayList<>();
        services.processes().forEach(service -> processes.add(service.process()));
        testbed.broker().process().ifPresent(processes::add);
        testbed.controlPlane().processes().stream()
                .filter(process -> process.name().startsWith("kube"))
                .forEach(processes::add);
        return processes;
    }

    private static KafkaProducer<byte[], byte[]> producer(Testbed testbed) {
        return new KafkaProducer<>(
                Map.of("bootstrap.servers", testbed.broker().bootstrapServers(), "acks", "all", "linger.ms", "0"),
                new ByteArraySerializer(),
                new ByteArraySerializer());
    }
}
