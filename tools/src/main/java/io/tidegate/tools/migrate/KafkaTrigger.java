package io.tidegate.tools.migrate;

import io.tidegate.tools.manifest.Value;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Makes a kafka signal of KEDA's trigger of that name. */
final class KafkaTrigger {

    private static final Set<String> KNOWN = Set.of(
            "bootstrapServers",
            "bootstrapServersFromEnv",
            "consumerGroup",
            "consumerGroupFromEnv",
            "topic",
            "topicFromEnv",
            "lagThreshold",
            "activationLagThreshold",
            "offsetResetPolicy",
            "allowIdleConsumers",
            "scaleToZeroOnInvalidOffset",
            "excludePersistentLag",
            "limitToPartitionsWithLag",
            "ensureEvenDistributionOfPartitions",
            "partitionLimitation",
            "version");
    private static final Set<String> CREDENTIALS = Set.of(
            "sasl", "tls", "awsRegion", "saslTokenProvider", "ca", "cert", "key", "username", "password", "unsafeSsl");

    private final Value.Mapping metadata;
    private final String path;
    private final Notes notes;

    /** What the trigger gives: where the brokers are, and the signal without its connection. */
    record Signal(List<String> bootstrapServers, Map<String, Object> fields) {}

    KafkaTrigger(Value.Mapping metadata, String path, Notes notes) {
        this.metadata = metadata;
        this.path = path;
        this.notes = notes;
    }

    /** Empty, and noted why, if there is no equal. */
    Optional<Signal> read() {
        for (String needed : List.of("bootstrapServers", "consumerGroup", "topic")) {
            if (metadata.text(needed).isEmpty()) {
                missing(needed);
                return Optional.empty();
            }
        }
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("connectionRef", "");
        fields.put("consumerGroup", metadata.text("consumerGroup"));
        fields.put("topics", List.of(metadata.text("topic")));
        threshold(fields);
        number("activationLagThreshold", "activation", fields);
        offsets(fields);
        flags(fields);
        partitions(fields);
        others();
        List<String> servers = Arrays.stream(metadata.text("bootstrapServers").split(","))
                .map(String::strip)
                .filter(server -> !server.isEmpty())
                .toList();
        return Optional.of(new Signal(servers, fields));
    }

    private void missing(String needed) {
        String why = metadata.at(needed + "FromEnv") != null
                ? needed + "FromEnv names a variable of a container, whose value is not known here; write it as "
                        + needed + " and import again."
                : needed.equals("topic")
                        ? "no topic is given, which means all that the group has commits of; a signal names its topics."
                        : needed + " is missing.";
        notes.add(path, metadata.line(), "has no equal: " + why);
    }

    private void threshold(Map<String, Object> fields) {
        number("lagThreshold", "lagThreshold", fields);
        if (!fields.containsKey("lagThreshold")) {
            fields.put("lagThreshold", 10L);
        }
    }

    private void number(String from, String to, Map<String, Object> fields) {
        String text = metadata.text(from);
        if (Numbers.isWhole(text)) {
            fields.put(to, Long.parseLong(text));
        } else if (!text.isEmpty()) {
            notes.add(path + "." + from, line(from), "is no whole number, and was left out.");
        }
    }

    private void offsets(Map<String, Object> fields) {
        boolean earliest = metadata.text("offsetResetPolicy").equals("earliest");
        boolean toZero = flag("scaleToZeroOnInvalidOffset");
        if (earliest && !toZero) {
            fields.put("noCommittedOffset", "Earliest");
        } else if (!toZero) {
            notes.add(
                    path + ".scaleToZeroOnInvalidOffset",
                    line("scaleToZeroOnInvalidOffset"),
                    "is false, so that KEDA counts a lag of 1 for a partition without a commit; here it counts as none until"
                            + " there is one. Write noCommittedOffset: Earliest if its records must wake the workload.");
        }
    }

    private void flags(Map<String, Object> fields) {
        if (flag("allowIdleConsumers")) {
            fields.put("allowIdleConsumers", true);
        }
        if (flag("limitToPartitionsWithLag")) {
            fields.put("limitToPartitionsWithLag", true);
            if (fields.remove("allowIdleConsumers") != null) {
                notes.add(
                        path + ".allowIdleConsumers",
                        line("allowIdleConsumers"),
                        "contradicts limitToPartitionsWithLag, and was left out.");
            }
        }
        if (flag("excludePersistentLag")) {
            fields.put("excludePersistentLag", true);
            notes.add(
                    path + ".excludePersistentLag",
                    line("excludePersistentLag"),
                    "means a commit that stood still from one poll to the next; here it must stand still for 30 s.");
        }
        if (flag("ensureEvenDistributionOfPartitions")) {
            if (fields.containsKey("limitToPartitionsWithLag")) {
                notes.add(
                        path + ".ensureEvenDistributionOfPartitions",
                        line("ensureEvenDistributionOfPartitions"),
                        "contradicts limitToPartitionsWithLag here, and was left out.");
            } else {
                fields.put("evenDistribution", true);
            }
        }
    }

    private void partitions(Map<String, Object> fields) {
        String partitions = metadata.text("partitionLimitation").replaceAll("\\s", "");
        if (!partitions.isEmpty()) {
            fields.put("partitions", partitions);
        }
    }

    private void others() {
        metadata.fields().forEach((name, value) -> {
            if (CREDENTIALS.contains(name)) {
                notes.add(
                        path + "." + name,
                        value.line(),
                        "has no equal: a Connection of this version holds no credentials and speaks no TLS.");
            } else if (!KNOWN.contains(name)) {
                notes.add(path + "." + name, value.line(), "is not known here, and was left out.");
            }
        });
    }

    private boolean flag(String name) {
        String text = metadata.text(name);
        return text.equals("true")
                || text.equals("True")
                || text.equals("1")
                || text.equals("t")
                || text.equals("TRUE");
    }

    private int line(String field) {
        Value value = metadata.at(field);
        return value == null ? metadata.line() : value.line();
    }
}
