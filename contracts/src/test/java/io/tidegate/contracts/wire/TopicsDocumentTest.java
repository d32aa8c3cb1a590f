package io.tidegate.contracts.wire;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tidegate.contracts.topic.DomainPartitions;
import io.tidegate.contracts.topic.Topics;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** What docs/topics.md tells subscribers is so. */
class TopicsDocumentTest {

    private static final Path DOCS = Path.of("..", "docs");

    @Test
    void itListsAllTopicsAndTypes() throws IOException {
        assertEquals(
                Topics.all().stream().map(Topics.TopicSettings::name).sorted().toList(),
                firstColumn("tidegate[.][a-z.]+"));
        assertEquals(
                Arrays.stream(EventType.values())
                        .map(EventType::wireName)
                        .sorted()
                        .toList(),
                firstColumn("io[.]tidegate[.][a-z0-9.]+"));
    }

    @Test
    void itNamesAllHeaders() throws IOException {
        String text = text();
        EventCodec.headers(EventType.TICK, Examples.ENVELOPE, TraceParent.derived("x"))
                .forEach(header -> assertTrue(text.contains("| `" + header.key() + "` |"), header.key()));
        for (String header : List.of(
                DeadLetterHeaders.REASON,
                DeadLetterHeaders.TOPIC,
                DeadLetterHeaders.PARTITION,
                DeadLetterHeaders.OFFSET)) {
            assertTrue(text.contains("`" + header + "`"), header);
        }
    }

    @Test
    void itsExamplesOfPartitionsAreRight() throws IOException {
        assertTrue(text().contains("`eu/sales` is in " + DomainPartitions.of("eu/sales/Deployment/x", 12)));
        assertTrue(text().contains("`us/ops` in " + DomainPartitions.of("us/ops/Deployment/x", 12)));
    }

    @Test
    void itsLinksLeadSomewhere() throws IOException {
        List<String> links = Pattern.compile("]\\(([^)#]+)\\)")
                .matcher(text())
                .results()
                .map(link -> link.group(1))
                .filter(link -> !link.contains("://"))
                .toList();

        assertTrue(links.size() > 8, links.toString());
        links.forEach(link -> assertTrue(Files.exists(DOCS.resolve(link)), link));
    }

    /** The code in the first column of tables. */
    private static List<String> firstColumn(String pattern) throws IOException {
        return Pattern.compile("^\\| `(" + pattern + ")` \\|", Pattern.MULTILINE)
                .matcher(text())
                .results()
                .map(row -> row.group(1))
                .sorted()
                .toList();
    }

    private static String text() throws IOException {
        return Files.readString(DOCS.resolve("topics.md"));
    }
}
