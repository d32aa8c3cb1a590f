package io.tidegate.renderer.board;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.tidegate.testbed.process.TestbedException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/**
 * A dashboard in Grafana's classic schema.
 *
 * @param uid its stable id
 * @param json all of it
 */
public record Board(String uid, JsonNode json) {

    /** All dashboards of a folder, by the names of their files. */
    public static List<Board> in(Path folder) {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.toString().endsWith(".json"))
                    .sorted()
                    .map(Board::read)
                    .toList();
        } catch (IOException e) {
            throw new TestbedException("The dashboards of " + folder + " can't be read: " + e, e);
        }
    }

    private static Board read(Path file) {
        try {
            return of(new JsonMapper().readTree(file.toFile()));
        } catch (IOException e) {
            throw new TestbedException("The dashboard " + file + " can't be read: " + e.getMessage(), e);
        }
    }

    /** The dashboard that this JSON holds. */
    public static Board of(JsonNode json) {
        return new Board(json.path("uid").asText(), json);
    }

    /** Its panels, without the headings of rows. */
    public List<JsonNode> panels() {
        return StreamSupport.stream(json.path("panels").spliterator(), false)
                .filter(panel -> !panel.path("type").asText().equals("row"))
                .toList();
    }

    /** Grid rows from its top to the end of its lowest panel. */
    public int gridRows() {
        return StreamSupport.stream(json.path("panels").spliterator(), false)
                .mapToInt(panel ->
                        panel.at("/gridPos/y").asInt() + panel.at("/gridPos/h").asInt())
                .max()
                .orElse(0);
    }
}
