package io.tidegate.testbed.broker;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The configuration of a single combined node (broker and controller) that costs little when idle.
 *
 * @param users a further listener, for users who prove who they are; empty for a broker that lets everybody do everything
 */
record ServerProperties(int clientPort, int controllerPort, Path logDirectory, Optional<UserListener> users) {

    String bootstrapServers() {
        return "127.0.0.1:" + clientPort;
    }

    String text() {
        return entries().entrySet().stream()
                .map(entry -> entry.getKey() + "=" + entry.getValue())
                .collect(Collectors.joining("\n", "", "\n"));
    }

    private Map<String, String> entries() {
        Map<String, String> entries = new LinkedHashMap<>();
        entries.put("process.roles", "broker,controller");
        entries.put("node.id", "1");
        entries.put("controller.quorum.voters", "1@127.0.0.1:" + controllerPort);
        entries.put("listeners", "PLAINTEXT://127.0.0.1:" + clientPort + ",CONTROLLER://127.0.0.1:" + controllerPort);
        entries.put("advertised.listeners", "PLAINTEXT://" + bootstrapServers());
        entries.put("listener.security.protocol.map", "PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT");
        entries.put("inter.broker.listener.name", "PLAINTEXT");
        entries.put("controller.listener.names", "CONTROLLER");
        entries.put("log.dirs", logDirectory.toString());
        entries.put("auto.create.topics.enable", "false");
        // One broker cannot replicate.
        entries.put("offsets.topic.replication.factor", "1");
        entries.put("transaction.state.log.replication.factor", "1");
        entries.put("transaction.state.log.min.isr", "1");
        entries.put("share.coordinator.state.topic.replication.factor", "1");
        entries.put("share.coordinator.state.topic.min.isr", "1");
        // Few internal partitions start faster.
        entries.put("offsets.topic.num.partitions", "4");
        entries.put("transaction.state.log.num.partitions", "4");
        entries.put("share.coordinator.state.topic.num.partitions", "4");
        // Assignments are computed in the heartbeat that asks for one; by default they are batched, up to a second.
        entries.put("group.consumer.assignment.interval.ms", "0");
        entries.put("group.consumer.assignor.offload.enable", "false");
        // Members learn of a new assignment by their heartbeats; at the default of 5 s each step takes that long.
        entries.put("group.initial.rebalance.delay.ms", "0");
        entries.put("group.consumer.heartbeat.interval.ms", "300");
        entries.put("group.consumer.min.heartbeat.interval.ms", "100");
        entries.put("group.consumer.session.timeout.ms", "6000");
        entries.put("group.consumer.min.session.timeout.ms", "1000");
        entries.put("group.min.session.timeout.ms", "1000");
        // Small and quiet: the defaults are for big machines.
        entries.put("num.network.threads", "2");
        entries.put("num.io.threads", "4");
        entries.put("background.threads", "2");
        entries.put("log.cleaner.dedupe.buffer.size", "8388608");
        entries.put("log.index.size.max.bytes", "1048576");
        entries.put("metadata.max.idle.interval.ms", "5000");
        users.ifPresent(listener -> listener.addTo(entries));
        return entries;
    }
}
