package io.tidegate.replay;

import com.fasterxml.jackson.databind.json.JsonMapper;
import io.tidegate.testbed.files.RunDirectory;
import io.tidegate.testbed.process.Progress;
import io.tidegate.testbed.process.TestbedException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Has a fresh engine decide recorded facts again. */
@Command(
        name = "rerun",
        mixinStandardHelpOptions = true,
        description = {
            "Has fresh engines without state read recorded facts, and compares what they decide with what was recorded, byte",
            "for byte. Exit code 0 only if it is the same; otherwise the first difference of each workload is printed."
        })
final class RerunCommand implements Callable<Integer> {

    @Parameters(paramLabel = "FILE", description = "What record has written.")
    private Path recording = Path.of("");

    @Option(names = "--instances", defaultValue = "1", description = "How many engines (default ${DEFAULT-VALUE}).")
    private int instances = 1;

    @Option(
            names = "--max-poll-records",
            defaultValue = "0",
            description = "Most facts that an engine takes at once; 0, the default, leaves it to the engine.")
    private int maxPollRecords;

    @Option(
            names = "--bootstrap",
            paramLabel = "HOST:PORT",
            description = "A broker without Tidegate's topics; by default one is started.")
    private @Nullable String bootstrap;

    @Option(names = "--report", paramLabel = "FILE", description = "Writes the report to this file, as JSON.")
    private @Nullable Path report;

    @Override
    public Integer call() throws InterruptedException {
        if (instances < 1 || instances > 8 || maxPollRecords < 0) {
            throw new TestbedException("--instances must be 1 to 8, and --max-poll-records at least 0.");
        }
        RerunReport result = run(new Rerun(recording, instances, maxPollRecords, Progress.console()));
        System.out.printf(
                "%s: %,d facts, %d workloads, %,d decisions recorded, %,d decided again, in %.1f s%n",
                result.equal() ? "EQUAL" : "DIFFERENT",
                result.facts(),
                result.workloads(),
                result.recordedDecisions(),
                result.rerunDecisions(),
                result.seconds());
        result.conflicts().forEach(conflict -> System.out.println("  " + conflict));
        result.differences()
                .forEach(difference -> System.out.printf(
                        "  %s: the first %d are the same, then%n    recorded  %s%n    rerun     %s%n",
                        difference.workload(), difference.same(), difference.recorded(), difference.rerun()));
        write(result);
        return result.equal() ? 0 : 1;
    }

    private RerunReport run(Rerun rerun) throws InterruptedException {
        if (bootstrap == null) {
            return rerun.run();
        }
        try (RunDirectory directory = RunDirectory.create(false)) {
            return rerun.run(bootstrap, directory);
        }
    }

    private void write(RerunReport result) {
        if (report == null) {
            return;
        }
        try {
            Files.writeString(
                    report,
                    new JsonMapper().writerWithDefaultPrettyPrinter().writeValueAsString(result)
                            + System.lineSeparator());
        } catch (IOException e) {
            throw new TestbedException("The report can't be written to " + report + ": " + e.getMessage(), e);
        }
    }
}
