package io.tidegate.testbed.kubelet;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What stands for an image: the command that the image's entry point comes to. */
@FunctionalInterface
public interface EntryPoint {
    /**
     * The program and its arguments. A {@code TestbedException} says why it cannot run here, and keeps the container
     * waiting with that message.
     *
     * @param arguments the container's {@code args}
     * @param environment its variables
     */
    List<String> command(List<String> arguments, Map<String, String> environment);

    /**
     * The signal that a {@code preStop} command of this image's containers comes to. The command itself never runs: it
     * would search all processes of the machine for the one to signal. Empty when there is no such command.
     */
    default Optional<String> preStopSignal() {
        return Optional.empty();
    }

    /** A program that takes the container's arguments after its own. */
    static EntryPoint program(List<String> program) {
        return (arguments, environment) -> {
            List<String> command = new ArrayList<>(program);
            command.addAll(arguments);
            return command;
        };
    }
}
