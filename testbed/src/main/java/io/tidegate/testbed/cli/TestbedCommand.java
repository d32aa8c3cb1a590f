package io.tidegate.testbed.cli;

import io.tidegate.testbed.process.TestbedException;
import java.io.IOException;
import java.io.InputStream;
import java.util.logging.LogManager;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The program behind the launcher's commands that run on the testbed. */
@Command(
        name = "tidegate",
        mixinStandardHelpOptions = true,
        description = "Runs Tidegate on real parts on this machine.",
        subcommands = {UpCommand.class})
public final class TestbedCommand implements Runnable {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    private TestbedCommand() {}

    public static void main(String[] arguments) {
        configureLogging();
        System.exit(commandLine().execute(arguments));
    }

    static CommandLine commandLine() {
        CommandLine commandLine = new CommandLine(new TestbedCommand());
        commandLine.setExecutionExceptionHandler((failure, command, result) -> {
            if (failure instanceof TestbedException) {
                command.getErr().println("tidegate: " + failure.getMessage());
            } else {
                failure.printStackTrace(command.getErr());
            }
            return command.getCommandSpec().exitCodeOnExecutionException();
        });
        return commandLine;
    }

    /** Libraries report trouble while parts come and go, which is no news to the person at the terminal. */
    private static void configureLogging() {
        try (InputStream configuration = TestbedCommand.class.getResourceAsStream("logging.properties")) {
            if (configuration != null) {
                LogManager.getLogManager().readConfiguration(configuration);
            }
        } catch (IOException e) {
            System.err.println("tidegate: the logging configuration cannot be read: " + e.getMessage());
        }
    }

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "Which command? See --help.");
    }
}
