package io.tidegate.it.plugin;

import io.tidegate.it.TopicContents;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;
import org.jspecify.annotations.Nullable;

/** Everything that lies in Tidegate's topics, changelogs included, as text; what is not text stays recognisable where it is ASCII. */
final class TopicSweep {
    private static final String PREFIX = "tidegate";

    private TopicSweep() {}

    /** Each record of each topic from its start, by topic, partition and offset. */
    static Map<String, String> all(String bootstrapServers) {
        Map<String, String> records = new HashMap<>();
        TopicContents.forEach(
                bootstrapServers,
                topic -> topic.startsWith(PREFIX),
                record -> records.put(record.topic() + "-" + record.partition() + "@" + record.offset(), text(record)));
        return records;
    }

    private static String text(ConsumerRecord<byte[], byte[]> record) {
        StringBuilder text = new StringBuilder(text(record.key())).append(text(record.value()));
        for (Header header : record.headers()) {
            text.append(header.key()).append(text(header.value()));
        }
        return text.toString();
    }

    private static String text(byte @Nullable [] bytes) {
        return bytes == null ? "" : new String(bytes, StandardCharsets.ISO_8859_1);
    }
}
