package io.tidegate.tools.check;

import io.tidegate.tools.manifest.Manifest;
import io.tidegate.tools.manifest.Value;

/**
 * One thing found, and what to do about it.
 *
 * @param document number of the YAML document in the file, from 1
 * @param line from 1; 0 if it can't be told
 * @param object kind, namespace and name; empty if it is the file
 * @param path of the field; empty if it is the object or the file as a whole
 */
public record Finding(
        Severity severity,
        String file,
        int document,
        int line,
        String object,
        String path,
        String message,
        String advice) {

    /** How bad it is. */
    public enum Severity {
        /** The API server refuses it, or it cannot work. */
        ERROR,
        /** It is likely not what is meant. */
        WARNING
    }

    /** At a field, or at the object where there is no such field. */
    static Finding at(Severity severity, Manifest manifest, String path, String message, String advice) {
        Value at = path.isEmpty() ? null : manifest.content().at(path.split("\\."));
        int line = at == null ? manifest.content().line() : at.line();
        return new Finding(
                severity, manifest.file(), manifest.document(), line, manifest.title(), path, message, advice);
    }

    /** Where it is, as compilers write it. */
    public String place() {
        return line > 0 ? file + ":" + line : file + " (document " + document + ")";
    }
}
