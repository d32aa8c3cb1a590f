package io.tidegate.bench;

import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.format.ResultFormatType;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Decisions a second of the decision core, by JMH. */
@Command(
        name = "core",
        mixinStandardHelpOptions = true,
        description =
                "Measures decisions a second of the decision core, and bytes allocated for each (JMH, two minutes).")
final class CoreCommand implements Callable<Integer> {

    @Option(names = "--report", paramLabel = "FILE", description = "Writes JMH's results to this file, as JSON.")
    private @Nullable Path report;

    @Override
    public Integer call() throws RunnerException {
        ChainedOptionsBuilder options =
                new OptionsBuilder().include("io\\.tidegate\\.bench\\..*").addProfiler(GCProfiler.class);
        if (report != null) {
            options.resultFormat(ResultFormatType.JSON).result(report.toString());
        }
        new Runner(options.build()).run();
        return 0;
    }
}
