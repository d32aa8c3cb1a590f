package io.tidegate.dashboards;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class GeneratedFilesTest {

    @Test
    void committedFilesAreWhatTheCodeGives() throws IOException {
        for (Map.Entry<String, String> file : GeneratedFiles.all().entrySet()) {
            Repository.assertCommitted(Repository.MODULE.resolve(file.getKey()), file.getValue());
        }
    }

    @Test
    void noOtherFilesLieBesideThem() throws IOException {
        Set<String> found = new TreeSet<>();
        for (String folder : Set.of("dashboards", "rules")) {
            try (Stream<Path> files = Files.walk(Repository.MODULE.resolve(folder))) {
                found.addAll(files.filter(Files::isRegularFile)
                        .map(file ->
                                Repository.MODULE.relativize(file).toString().replace('\\', '/'))
                        .filter(file -> !file.startsWith("rules/examples/"))
                        .collect(Collectors.toSet()));
            }
        }
        assertEquals(new TreeSet<>(GeneratedFiles.all().keySet()), found);
    }
}
