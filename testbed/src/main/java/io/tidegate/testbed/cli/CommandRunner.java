package io.tidegate.testbed.cli;

import io.tidegate.testbed.process.TestbedException;
import java.io.IOException;
import java.io.InputStream;
import java.util.logging.LogManager;
import picocli.CommandLine;

/** Runs a program's root command: a failure that its user can mend is one sentence, any other a stack trace. */
public final class CommandRunner {

    private CommandRunner() {}

    /** Runs the command and ends the JVM with its exit code. */
    public static void run(Object command, String... arguments) {
        configureLogging();
        System.exit(commandLine(command).execute(arguments));
    }

    static CommandLine commandLine(Object command) {
        CommandLine commandLine = new CommandLine(command);
        commandLine.setExecutionExceptionHandler((failure, failed, result) -> {
            if (failure instanceof TestbedException) {
                failed.getErr().println("tidegate: " + failure.getMessage());
            } else {
                failure.printStackTrace(failed.getErr());
            }
            return failed.getCommandSpec().exitCodeOnExecutionException();
        });
        return commandLine;
    }

    /** Libraries report trouble while parts come and go, which is no news to the person at the terminal. */
    private static void configureLogging() {
        try (InputStream configuration = CommandRunner.class.getResourceAsStream("logging.properties")) {
            if (configuration != null) {
                LogManager.getLogManager().readConfiguration(configuration);
            }
        } catch (IOException e) {
            System.err.println("tidegate: the logging configuration cannot be read: " + e.getMessage());
        }
    }
}
