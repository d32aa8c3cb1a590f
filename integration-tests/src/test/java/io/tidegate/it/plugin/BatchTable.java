package io.tidegate.it.plugin;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.tidegate.testbed.spark.SparkApp;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * The batches of a query by the progress that Spark itself writes into the driver's log, each with the executors that
 * there were when it had ended. It must be looked at more often than batches end.
 */
final class BatchTable {
    private static final JsonMapper MAPPER = new JsonMapper();
    private static final String PROGRESS = "Streaming query made progress: ";

    /**
     * A finished batch.
     *
     * @param end when it had ended
     * @param asked executors asked for then
     * @param running executors that the driver had then
     * @param note what happened after the batch before had ended
     */
    record Row(long batch, Instant end, long rows, long millis, int asked, int running, String note) {}

    private final PluginApp app;
    private final List<Row> rows = new ArrayList<>();
    private String note = "";
    private int position;

    BatchTable(PluginApp app) {
        this.app = app;
    }

    /** Takes the batches that have ended since the last look. */
    BatchTable look() {
        String log = read(app.app());
        for (int at = log.indexOf(PROGRESS, position); at >= 0; at = log.indexOf(PROGRESS, position)) {
            int begin = at + PROGRESS.length();
            int end = log.indexOf("\n}", begin);
            if (end < 0) {
                return this;
            }
            add(parse(log.substring(begin, end + 2)));
            position = end;
        }
        return this;
    }

    private void add(JsonNode progress) {
        long batch = progress.path("batchId").asLong();
        boolean idle = !progress.path("durationMs").has("addBatch");
        if (idle || (!rows.isEmpty() && rows.getLast().batch() >= batch)) {
            return;
        }
        long millis = progress.path("batchDuration").asLong();
        Instant end = Instant.parse(progress.path("timestamp").asText()).plusMillis(millis);
        rows.add(new Row(
                batch, end, progress.path("numInputRows").asLong(), millis, app.answered("cap"), executors(), note));
        note = "";
    }

    /** Executors that the driver has now, by its own list; -1 if it does not answer. */
    int executors() {
        return app.app().executors().map(List::size).orElse(-1);
    }

    private static JsonNode parse(String json) {
        try (MappingIterator<JsonNode> values = MAPPER.readerFor(JsonNode.class).readValues(json)) {
            return values.next();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String read(SparkApp app) {
        try {
            return Files.exists(app.log()) ? Files.readString(app.log()) : "";
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Writes a remark beside the next batch. */
    void note(String text) {
        note = note.isEmpty() ? text : note + "; " + text;
    }

    List<Row> rows() {
        return List.copyOf(rows);
    }

    int size() {
        return rows.size();
    }

    String print(Duration trigger) {
        StringBuilder text = new StringBuilder("\n  batch  input rows  batch ms  trigger ms  asked  running\n");
        for (Row row : rows) {
            text.append(String.format(
                    Locale.ROOT,
                    "  %5d  %10d  %8d  %10d  %5d  %7d  %s%n",
                    row.batch(),
                    row.rows(),
                    row.millis(),
                    trigger.toMillis(),
                    row.asked(),
                    row.running(),
                    row.note()));
        }
        return text.toString();
    }
}
