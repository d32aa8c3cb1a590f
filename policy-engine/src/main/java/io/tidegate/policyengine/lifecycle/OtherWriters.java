package io.tidegate.policyengine.lifecycle;

import io.tidegate.contracts.topic.Topics;
import io.tidegate.contracts.wire.EventType;
import io.tidegate.policyengine.EngineConfig;
import io.tidegate.policyengine.topology.EngineIdentity;
import io.tidegate.policyengine.topology.StreamsSettings;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.MemberDescription;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.GroupIdNotFoundException;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * Keeps engines of different variants from telling targets at the same time, and one that decides for show from sharing the
 * partitions out with one that does not. It is asked before the start; where no variant was ever used it costs one question.
 */
final class OtherWriters {

    /** A heartbeat that is younger is of an engine that runs; they come each second. */
    private static final Duration FRESH = Duration.ofSeconds(10);

    /** Records at the end of each partition that are looked at; there is a heartbeat among them unless many targets change at once. */
    private static final int TAIL = 200;

    private static final Duration LONGEST = Duration.ofSeconds(5);
    private static final int TIMEOUT_MS = 10_000;

    private final EngineConfig config;
    private final EngineIdentity identity;
    private final InstantSource clock;

    OtherWriters(EngineConfig config, InstantSource clock) {
        this.config = config;
        this.identity = EngineIdentity.of(config);
        this.clock = clock;
    }

    /**
     * Why it must not start yet; empty if it may.
     *
     * @throws KafkaException if it can't be found out
     */
    Optional<String> problem() throws InterruptedException {
        try (Admin admin = EngineAdmin.create(config, identity.clientId("others"))) {
            if (identity.variant().isPresent()) {
                Optional<String> sharing = sharing(admin);
                return sharing.isPresent() || identity.shadow() ? sharing : telling();
            }
            return hasShadows(admin) ? telling() : Optional.empty();
        } catch (ExecutionException e) {
            throw new KafkaException("other engines can't be looked for", e.getCause());
        }
    }

    /** Engines of this variant of which some decide for show, and others not, would each have some of the partitions. */
    private Optional<String> sharing(Admin admin) throws InterruptedException, ExecutionException {
        try {
            return admin.describeConsumerGroups(List.of(identity.applicationId())).all().get().values().stream()
                    .flatMap(group -> group.members().stream())
                    .map(MemberDescription::clientId)
                    .filter(client -> identity.isShadow(client) != identity.shadow())
                    .findFirst()
                    .map(client -> "%s runs, and decides %s: stop it first"
                            .formatted(client, identity.shadow() ? "not for show" : "for show only"));
        } catch (ExecutionException e) {
            if (e.getCause() instanceof GroupIdNotFoundException) {
                return Optional.empty();
            }
            throw e;
        }
    }

    private static boolean hasShadows(Admin admin) throws InterruptedException, ExecutionException {
        return admin.listTopics().names().get().stream()
                .anyMatch(topic -> topic.startsWith(Topics.shadow(Topics.TARGETS, ""))
                        && !topic.equals(Topics.deadLetter(Topics.TARGETS)));
    }

    /** Another variant that tells targets. */
    private Optional<String> telling() {
        Map<String, Object> settings = StreamsSettings.client(config);
        settings.put(ConsumerConfig.CLIENT_ID_CONFIG, identity.clientId("heartbeats"));
        settings.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        settings.put(ConsumerConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, TIMEOUT_MS);
        Instant since = clock.instant().minus(FRESH);
        try (KafkaConsumer<byte[], byte[]> consumer =
                new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            List<TopicPartition> partitions = consumer.partitionsFor(Topics.TARGETS).stream()
                    .map(partition -> new TopicPartition(partition.topic(), partition.partition()))
                    .toList();
            consumer.assign(partitions);
            Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
            consumer.beginningOffsets(partitions)
                    .forEach((partition, begin) ->
                            consumer.seek(partition, Math.max(begin, ends.getOrDefault(partition, begin) - TAIL)));
            long deadline = System.nanoTime() + LONGEST.toNanos();
            while (System.nanoTime() < deadline && !arrived(consumer, ends)) {
                for (ConsumerRecord<byte[], byte[]> record : consumer.poll(Duration.ofMillis(200))) {
                    Optional<String> source = heartbeatOfAnother(record, since);
                    if (source.isPresent()) {
                        return source.map(name -> "the engine of the source " + name + " tells targets: stop it first");
                    }
                }
            }
            return Optional.empty();
        }
    }

    private static boolean arrived(KafkaConsumer<byte[], byte[]> consumer, Map<TopicPartition, Long> ends) {
        return ends.entrySet().stream().allMatch(end -> consumer.position(end.getKey()) >= end.getValue());
    }

    private Optional<String> heartbeatOfAnother(ConsumerRecord<byte[], byte[]> record, Instant since) {
        return record.timestamp() < since.toEpochMilli()
                        || !header(record, "ce_type").equals(EventType.HEARTBEAT.wireName())
                ? Optional.empty()
                : Optional.of(header(record, "ce_source")).filter(source -> !source.equals(identity.source()));
    }

    private static String header(ConsumerRecord<byte[], byte[]> record, String name) {
        Header header = record.headers().lastHeader(name);
        return header == null || header.value() == null ? "" : new String(header.value(), StandardCharsets.UTF_8);
    }
}
