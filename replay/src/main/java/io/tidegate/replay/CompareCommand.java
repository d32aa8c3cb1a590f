package io.tidegate.replay;

import io.tidegate.contracts.topic.Topics;
import io.tidegate.contracts.wire.KubernetesDuration;
import io.tidegate.testbed.process.TestbedException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.apache.kafka.clients.admin.Admin;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Compares the decisions of an engine that decides for show with those of the one whose decisions are carried out. */
@Command(
        name = "compare",
        mixinStandardHelpOptions = true,
        description = {
            "Compares what an engine decides for show (tidegate.shadow) with what the running one decides, fact by fact: those that",
            "both have read. Both go on meanwhile. Sentences, inputs and ids are not compared."
        },
        exitCodeListHeading = "Exit codes:%n",
        exitCodeList = {"0:all is the same, and there is at least one decision", "1:not so", "2:wrong use"})
final class CompareCommand implements Callable<Integer> {

    private static final int SHOWN = 20;

    @Option(names = "--bootstrap", required = true, paramLabel = "HOST:PORT", description = "Tidegate's Kafka.")
    private String bootstrap = "";

    @Option(
            names = "--variant",
            required = true,
            paramLabel = "NAME",
            description = "The variant of the engine that decides for show, such as green.")
    private String variant = "";

    @Option(
            names = "--running",
            paramLabel = "NAME",
            defaultValue = "",
            description = "The variant of the running engine; none by default.")
    private String running = "";

    @Option(
            names = "--since",
            paramLabel = "TIME",
            defaultValue = "1h",
            description = "How far back to compare, such as 10m or 24h (default ${DEFAULT-VALUE}).")
    private String since = "";

    @Override
    public Integer call() throws InterruptedException {
        Map<String, Object> kafka = Map.of("bootstrap.servers", bootstrap);
        ShadowComparison comparison = new ShadowComparison(Instant.now().minus(span()));
        try (Admin admin = Admin.create(kafka)) {
            comparison.readBefore(EnginePosition.both(admin, group(running), group(variant)));
        }
        new DecisionTopic(kafka, Topics.DECISIONS).forEach(comparison::running);
        new DecisionTopic(kafka, Topics.shadow(Topics.DECISIONS, variant)).forEach(comparison::shadow);
        List<String> differences = comparison.differences();
        differences.stream().limit(SHOWN).forEach(System.out::println);
        if (differences.size() > SHOWN) {
            System.out.println("... and " + (differences.size() - SHOWN) + " more");
        }
        System.out.printf(
                "%d decisions on %d workloads since %s: %d the same, %d not%n",
                comparison.decisions(),
                comparison.workloads(),
                comparison.since(),
                comparison.decisions() - differences.size(),
                differences.size());
        return differences.isEmpty() && comparison.decisions() > 0 ? 0 : 1;
    }

    private static String group(String variant) {
        return variant.isEmpty() ? EnginePosition.GROUP : EnginePosition.GROUP + "-" + variant;
    }

    private Duration span() {
        try {
            return KubernetesDuration.parse(since);
        } catch (IllegalArgumentException e) {
            throw new TestbedException("--since: " + e.getMessage(), e);
        }
    }
}
