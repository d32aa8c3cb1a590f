package io.tidegate.bench.report;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** A report as JSON, for people and for programs alike. */
public final class JsonReport {

    private final String json;

    private JsonReport(String json) {
        this.json = json;
    }

    /** The report of what was measured: a record of figures. */
    public static JsonReport of(Object measured) throws JsonProcessingException {
        return new JsonReport(new JsonMapper().writerWithDefaultPrettyPrinter().writeValueAsString(measured));
    }

    /** Prints it. */
    public JsonReport print() {
        System.out.println(json);
        return this;
    }

    /**
     * Writes it.
     *
     * @param file where to; null for nowhere
     */
    public void write(@Nullable Path file) throws IOException {
        if (file != null) {
            Files.writeString(file, json + System.lineSeparator());
        }
    }
}
