package io.tidegate.replay;

import io.tidegate.testbed.cli.CommandRunner;
import picocli.CommandLine.Command;

/** The commands of this module. */
@Command(
        name = "tidegate",
        mixinStandardHelpOptions = true,
        subcommands = {RecordCommand.class, RerunCommand.class, CompareCommand.class},
        description = "Records facts and decisions, has the facts decided again, and compares engines.")
public final class ReplayCommand {

    private ReplayCommand() {}

    public static void main(String... arguments) {
        CommandRunner.run(new ReplayCommand(), arguments);
    }
}
