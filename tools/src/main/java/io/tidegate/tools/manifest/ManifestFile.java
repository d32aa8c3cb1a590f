package io.tidegate.tools.manifest;

import java.util.List;

/** What could be read of a file, and why the rest could not. */
public record ManifestFile(String name, List<Manifest> manifests, List<Unreadable> unreadable) {

    public ManifestFile {
        manifests = List.copyOf(manifests);
        unreadable = List.copyOf(unreadable);
    }

    /**
     * A part that could not be read.
     *
     * @param line from 1; 0 if it is the file as a whole
     */
    public record Unreadable(int document, int line, String problem, String advice) {}
}
