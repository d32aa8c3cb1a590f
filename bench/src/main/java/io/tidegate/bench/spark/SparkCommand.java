package io.tidegate.bench.spark;

import io.tidegate.bench.report.JsonReport;
import io.tidegate.testbed.Testbed;
import io.tidegate.testbed.TestbedOptions;
import io.tidegate.testbed.process.Progress;
import io.tidegate.testbed.process.TestbedException;
import io.tidegate.testbed.services.ServiceProcess;
import io.tidegate.testbed.services.TidegateServices;
import io.tidegate.testbed.spark.SparkApp;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** What executors cost and how long jobs take, at a static size, under dynamic allocation and under Tidegate. */
@Command(
        name = "spark",
        mixinStandardHelpOptions = true,
        description = {
            "Runs three real Spark jobs at a static size, under Spark's dynamic allocation (its defaults, and 5 s idle) and under",
            "Tidegate, in turn, and compares executor-seconds, makespan and tasks lost. A run takes about 14 minutes.",
            "Exit code 1 if a job came to a wrong result."
        })
public final class SparkCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Option(names = "--runs", defaultValue = "5", description = "How often each job runs (default ${DEFAULT-VALUE}).")
    private int runs = 5;

    @Option(
            names = "--jobs",
            split = ",",
            defaultValue = "short,skewed,saturated",
            paramLabel = "JOB",
            description = "Which jobs, by comma (default ${DEFAULT-VALUE}).")
    private List<String> jobs = List.of();

    @Option(
            names = "--report",
            paramLabel = "FILE",
            description = "Writes the report with all samples to this file after each run, as JSON.")
    private @Nullable Path report;

    @Option(names = "--keep", description = "Leaves the run's files and logs there at the end.")
    private boolean keep;

    private final Progress progress = Progress.console();

    @Override
    public Integer call() throws IOException {
        List<Job> chosen = chosen();
        SparkApp.unavailable().ifPresent(reason -> {
            throw new TestbedException(reason);
        });
        try (Testbed testbed = Testbed.start(TestbedOptions.defaults().withKeepFiles(keep), progress)) {
            testbed.addProcessNode("process-0", progress);
            SparkApp.prepare(testbed, progress);
            try (TidegateServices services = TidegateServices.start(testbed, progress);
                    SparkBench bench = new SparkBench(testbed, services)) {
                chosen.forEach(bench::applyPolicy);
                return measure(bench, chosen).exact() ? 0 : 1;
            }
        }
    }

    private List<Job> chosen() {
        if (runs < 1) {
            throw new ParameterException(spec.commandLine(), "--runs must be 1 or more.");
        }
        try {
            return jobs.stream().map(Job::labelled).distinct().toList();
        } catch (IllegalArgumentException e) {
            throw new ParameterException(
                    spec.commandLine(), "--jobs: " + e.getMessage() + "; there are short, skewed and saturated.", e);
        }
    }

    private SparkReport measure(SparkBench bench, List<Job> chosen) throws IOException {
        List<Trial> trials = new ArrayList<>();
        SparkReport result = report(trials);
        for (int run = 1; run <= runs; run++) {
            for (Job job : chosen) {
                for (Way way : Way.rotated(run - 1)) {
                    Trial trial = bench.run(run, job, way);
                    trials.add(trial);
                    progress.line(SparkTable.row(trial));
                }
            }
            result = report(trials);
            JsonReport.of(result).write(report);
        }
        System.out.println(SparkTable.of(result));
        return result;
    }

    private static SparkReport report(List<Trial> trials) {
        return SparkReport.of(ServiceProcess.configurationHash(), SparkBench.MOST, trials);
    }
}
