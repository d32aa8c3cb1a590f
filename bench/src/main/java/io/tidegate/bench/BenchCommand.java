package io.tidegate.bench;

import io.tidegate.bench.engine.EngineCommand;
import io.tidegate.bench.latency.LatencyCommand;
import io.tidegate.bench.spark.SparkCommand;
import io.tidegate.bench.startup.StartupCommand;
import io.tidegate.testbed.cli.CommandRunner;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Runs a benchmark. */
@Command(
        name = "./tidegate bench",
        mixinStandardHelpOptions = true,
        description = "Runs a benchmark.",
        subcommands = {
            CoreCommand.class,
            EngineCommand.class,
            LatencyCommand.class,
            SparkCommand.class,
            StartupCommand.class
        })
public final class BenchCommand implements Runnable {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    private BenchCommand() {}

    public static void main(String[] arguments) {
        CommandRunner.run(new BenchCommand(), arguments);
    }

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "Which benchmark? See --help.");
    }
}
