package io.tidegate.testbed.process;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * How to start a child process.
 *
 * @param name for messages
 * @param command program and arguments
 * @param environment added to the few variables that every child gets (PATH, HOME and the like)
 * @param directory working directory
 * @param log where standard output and error go, appended
 * @param grace time between SIGTERM and SIGKILL when it is stopped; zero kills at once, right for what keeps no data
 */
public record ProcessSpec(
        String name, List<String> command, Map<String, String> environment, Path directory, Path log, Duration grace) {

    public ProcessSpec {
        if (command.isEmpty()) {
            throw new IllegalArgumentException(name + " has no command");
        }
        if (grace.isNegative()) {
            throw new IllegalArgumentException(name + " has a negative grace: " + grace);
        }
        command = List.copyOf(command);
        environment = Map.copyOf(environment);
    }

    /** A process without environment of its own that is killed at once when it is stopped. */
    public static ProcessSpec disposable(String name, List<String> command, Path directory) {
        return new ProcessSpec(name, command, Map.of(), directory, directory.resolve(name + ".log"), Duration.ZERO);
    }

    public ProcessSpec withEnvironment(Map<String, String> variables) {
        return new ProcessSpec(name, command, variables, directory, log, grace);
    }

    public ProcessSpec withGrace(Duration duration) {
        return new ProcessSpec(name, command, environment, directory, log, duration);
    }
}
