package io.tidegate.tools.cli;

import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The commands of this module. */
@Command(
        name = "tidegate",
        mixinStandardHelpOptions = true,
        subcommands = {PolicyCommand.class, ImportCommand.class},
        description = "Works on manifests, without a cluster.")
public final class ToolsCommand {

    /** Neither a problem found (1) nor a wrong use (2). */
    private static final int FAILED = 3;

    private ToolsCommand() {}

    public static void main(String... arguments) {
        System.exit(commandLine().execute(arguments));
    }

    static CommandLine commandLine() {
        CommandLine commandLine = new CommandLine(new ToolsCommand());
        commandLine.setExecutionExceptionHandler((failure, failed, result) -> {
            failed.getErr().println("tidegate: this failed: " + failure);
            return FAILED;
        });
        return commandLine;
    }
}
