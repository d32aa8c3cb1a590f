package io.tidegate.bench;

import java.util.concurrent.Callable;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import picocli.CommandLine.Command;

/** Decisions a second of the decision core, by JMH. */
@Command(
        name = "core",
        mixinStandardHelpOptions = true,
        description =
                "Measures decisions a second of the decision core, and bytes allocated for each (JMH, two minutes).")
final class CoreCommand implements Callable<Integer> {

    @Override
    public Integer call() throws RunnerException {
        new Runner(new OptionsBuilder()
                        .include("io\\.tidegate\\.bench\\..*")
                        .addProfiler(GCProfiler.class)
                        .build())
                .run();
        return 0;
    }
}
