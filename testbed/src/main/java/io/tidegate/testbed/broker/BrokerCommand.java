package io.tidegate.testbed.broker;

import io.tidegate.testbed.files.TestbedHome;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Command lines of Kafka's programs. */
final class BrokerCommand {
    private BrokerCommand() {}

    static List<String> of(List<String> jvmOptions, String... program) {
        List<String> command = new ArrayList<>();
        command.add(TestbedHome.java().toString());
        command.addAll(jvmOptions);
        command.add("-cp");
        command.add(jars().stream().map(Path::toString).collect(Collectors.joining(":")));
        command.addAll(List.of(program));
        return command;
    }

    /** The class path, always in the same order, which an archive of classes depends on. */
    static List<Path> jars() {
        try (Stream<Path> files = Files.list(TestbedHome.brokerLibrary())) {
            return files.filter(file -> file.toString().endsWith(".jar"))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
