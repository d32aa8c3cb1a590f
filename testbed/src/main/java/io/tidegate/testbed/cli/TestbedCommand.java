package io.tidegate.testbed.cli;

import io.tidegate.testbed.demo.DemoCommand;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The program behind the launcher's commands that run on the testbed. */
@Command(
        name = "tidegate",
        mixinStandardHelpOptions = true,
        description = "Runs Tidegate on real parts on this machine.",
        subcommands = {DemoCommand.class, ManifestsCommand.class, UpCommand.class})
public final class TestbedCommand implements Runnable {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    private TestbedCommand() {}

    public static void main(String[] arguments) {
        CommandRunner.run(new TestbedCommand(), arguments);
    }

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "Which command? See --help.");
    }
}
