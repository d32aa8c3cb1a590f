package io.tidegate.tools.migrate;

import io.tidegate.tools.manifest.Manifest;
import io.tidegate.tools.manifest.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Collects what has no equal. */
final class Notes {

    private final List<Imported.Note> notes = new ArrayList<>();
    private final Manifest source;

    Notes(Manifest source) {
        this.source = source;
    }

    void add(String path, int line, String sentence) {
        notes.add(new Imported.Note(path, line, sentence));
    }

    void add(String path, String sentence) {
        Value at = source.content().at(path.split("\\."));
        add(path, at == null ? source.content().line() : at.line(), sentence);
    }

    /** Tells of each field of a map that nothing is known of. */
    void unknown(Value map, String path, Set<String> known) {
        if (map instanceof Value.Mapping fields) {
            fields.fields().forEach((name, value) -> {
                if (!known.contains(name)) {
                    add(path + "." + name, value.line(), "is not known here, and was left out.");
                }
            });
        }
    }

    List<Imported.Note> all() {
        return notes;
    }
}
