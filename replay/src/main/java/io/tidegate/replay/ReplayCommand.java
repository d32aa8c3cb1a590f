package io.tidegate.replay;

import io.tidegate.testbed.cli.CommandRunner;
import picocli.CommandLine.Command;

/** The commands of this module. */
@Command(
        name = "tidegate",
        mixinStandardHelpOptions = true,
        subcommands = {RecordCommand.class, RerunCommand.class},
        description = "Records facts and decisions, and has the facts decided again.")
public final class ReplayCommand {

    private ReplayCommand() {}

    public static void main(String... arguments) {
        CommandRunner.run(new ReplayCommand(), arguments);
    }
}
