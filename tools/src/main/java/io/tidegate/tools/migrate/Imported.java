package io.tidegate.tools.migrate;

import io.tidegate.tools.manifest.Manifest;
import java.util.List;
import java.util.Map;

/**
 * What became of one object.
 *
 * @param objects a policy and the connections that it needs; none if nothing of the object has an equal
 * @param notes what has no equal, or works in another way
 */
public record Imported(Manifest source, List<Map<String, Object>> objects, List<Note> notes) {

    public Imported {
        objects = List.copyOf(objects);
        notes = List.copyOf(notes);
    }

    /**
     * One thing that was not carried over as it is.
     *
     * @param path of the field
     * @param line from 1
     * @param sentence what is different, and why
     */
    public record Note(String path, int line, String sentence) {}
}
