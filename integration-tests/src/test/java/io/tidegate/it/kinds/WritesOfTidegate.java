package io.tidegate.it.kinds;

import io.tidegate.testbed.controlplane.ControlPlane;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** What the API server's audit log has of writes to objects of a kind in a namespace; reads are not in it. */
record WritesOfTidegate(ControlPlane controlPlane, String namespace) {

    private static final String TIDEGATE = "\"username\":\"system:serviceaccount:tidegate:";

    /** Lines of writes by one of Tidegate's service accounts, refused ones included. */
    List<String> to(String plural) {
        return lines(plural).filter(line -> line.contains(TIDEGATE)).toList();
    }

    /** Those to one object. */
    List<String> to(String plural, String name) {
        return to(plural).stream()
                .filter(line -> line.contains("\"name\":\"" + name + "\""))
                .toList();
    }

    /** Lines of writes by anybody. */
    List<String> byAnybodyTo(String plural) {
        return lines(plural).toList();
    }

    private Stream<String> lines(String plural) {
        Path log = controlPlane.auditLog().orElseThrow();
        try (Stream<String> lines = Files.lines(log)) {
            return lines
                    .filter(line -> line.contains("\"resource\":\"" + plural + "\"")
                            && line.contains("\"namespace\":\"" + namespace + "\""))
                    .toList()
                    .stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
