package io.tidegate.replay;

import io.tidegate.contracts.wire.KubernetesDuration;
import io.tidegate.testbed.process.Progress;
import io.tidegate.testbed.process.TestbedException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Records facts and decisions. */
@Command(
        name = "record",
        mixinStandardHelpOptions = true,
        description = {
            "Writes Tidegate's facts, and the decisions that the engine makes of them, to a file, from the first that is there.",
            "The engine must run until the end. See rerun."
        })
final class RecordCommand implements Callable<Integer> {

    @Option(names = "--bootstrap", required = true, paramLabel = "HOST:PORT", description = "Tidegate's Kafka.")
    private String bootstrap = "";

    @Option(names = "--prefix", description = "What stands before the names of topics and group; nothing by default.")
    private String prefix = "";

    @Option(names = "--out", required = true, paramLabel = "FILE", description = "The file to write.")
    private Path out = Path.of("");

    @Option(
            names = "--for",
            paramLabel = "TIME",
            description = "How long to go on, such as 90s or 10m; by default only what is there is recorded.")
    private @Nullable String time;

    @Override
    public Integer call() throws InterruptedException {
        long end = System.nanoTime() + duration().toNanos();
        new Recorder(Map.of("bootstrap.servers", bootstrap), prefix, Progress.console())
                .record(out, () -> System.nanoTime() >= end);
        return 0;
    }

    private Duration duration() {
        try {
            return time == null ? Duration.ZERO : KubernetesDuration.parse(time);
        } catch (IllegalArgumentException e) {
            throw new TestbedException("--for: " + e.getMessage(), e);
        }
    }
}
