package io.tidegate.it;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tidegate.contracts.topic.DomainPartitions;
import io.tidegate.contracts.topic.Topics;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeader;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;

/** All topics of the contract under a prefix, and what the golden files hold in them. */
final class GoldenTopics {

    private static final Path GOLDEN = Path.of("..", "contracts", "src", "test", "resources", "golden", "v1");
    private static final ObjectMapper JSON = new ObjectMapper();

    private final String bootstrapServers;
    private final String prefix;

    private GoldenTopics(String bootstrapServers, String prefix) {
        this.bootstrapServers = bootstrapServers;
        this.prefix = prefix;
    }

    static GoldenTopics create(String bootstrapServers, String prefix) throws InterruptedException, ExecutionException {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", bootstrapServers))) {
            admin.createTopics(Topics.all().stream()
                            .map(topic -> new NewTopic(
                                            prefix + topic.name(), Optional.of(Topics.PARTITIONS), Optional.empty())
                                    .configs(topic.configs()))
                            .toList())
                    .all()
                    .get();
        }
        return new GoldenTopics(bootstrapServers, prefix);
    }

    /**
     * A record to be sent.
     *
     * @param topic topic without the prefix
     */
    record Message(
            String topic,
            int partition,
            String key,
            List<Header> headers,
            @Nullable String body) {

        Message withBody(String other) {
            return new Message(topic, partition, key, headers, other);
        }

        Message withPartition(int other) {
            return new Message(topic, other, key, headers, body);
        }

        Message to(String other) {
            return new Message(other, partition, key, headers, body);
        }

        Message withHeader(String name, String value) {
            List<Header> changed = new ArrayList<>(headers);
            changed.removeIf(header -> header.key().equals(name));
            changed.add(header(name, value));
            return new Message(topic, partition, key, changed, body);
        }
    }

    /** The golden files' records, each for the log that it belongs to. */
    static List<Message> messages() {
        try (Stream<Path> files = Files.list(GOLDEN)) {
            return files.sorted().map(GoldenTopics::message).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static Message message(String name) {
        return message(GOLDEN.resolve(name + ".json"));
    }

    void send(List<Message> messages) throws InterruptedException, ExecutionException {
        Map<String, Object> settings = Map.of("bootstrap.servers", bootstrapServers, "compression.type", "zstd");
        try (KafkaProducer<byte[], byte[]> producer =
                new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer())) {
            for (Message message : messages) {
                String body = message.body();
                producer.send(new ProducerRecord<>(
                                prefix + message.topic(),
                                message.partition(),
                                message.key().getBytes(StandardCharsets.UTF_8),
                                body == null ? null : body.getBytes(StandardCharsets.UTF_8),
                                message.headers()))
                        .get();
            }
        }
    }

    private static Message message(Path file) {
        try {
            JsonNode golden = JSON.readTree(Files.readString(file));
            String key = golden.path("key").asText();
            JsonNode body = golden.path("body");
            int partition = body.has("partition")
                    ? body.path("partition").asInt()
                    : DomainPartitions.of(key, Topics.PARTITIONS);
            List<Header> headers = golden.path("headers")
                    .propertyStream()
                    .map(header -> header(header.getKey(), header.getValue().asText()))
                    .toList();
            String name = file.getFileName().toString();
            return new Message(topic(name), partition, key, headers, body.isNull() ? null : body.toString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String topic(String file) {
        return switch (file.substring(0, file.indexOf('.'))) {
            case "decision" -> Topics.DECISIONS;
            case "target", "heartbeat" -> Topics.TARGETS;
            default -> Topics.FACTS;
        };
    }

    private static Header header(String name, String value) {
        return new RecordHeader(name, value.getBytes(StandardCharsets.UTF_8));
    }
}
