package io.tidegate.tools.docs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** The tests that docs/hostile-inputs.md names are there. */
class NamedTestsTest {

    private static final Path ROOT = Path.of("..");
    private static final Pattern NAMED = Pattern.compile("`(\\w+(?:Test|IT))(?:\\.(\\w+))?`");

    @Test
    void eachIsThere() throws IOException {
        Map<String, List<Path>> classes = tests();
        List<MatchResult> named = NAMED.matcher(Files.readString(ROOT.resolve("docs/hostile-inputs.md")))
                .results()
                .toList();
        assertTrue(named.size() > 50, () -> "too few are named: " + named.size());
        assertEquals(
                List.of(),
                named.stream()
                        .filter(name -> classes.getOrDefault(name.group(1), List.of()).stream()
                                .noneMatch(source -> isThere(source, name.group(2))))
                        .map(MatchResult::group)
                        .toList());
    }

    private static boolean isThere(Path source, @Nullable String method) {
        try {
            return method == null || Files.readString(source).contains("void " + method + "(");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Map<String, List<Path>> tests() throws IOException {
        try (Stream<Path> modules = Files.list(ROOT)) {
            return modules.map(module -> module.resolve("src/test/java"))
                    .filter(Files::isDirectory)
                    .flatMap(NamedTestsTest::sources)
                    .collect(Collectors.groupingBy(
                            source -> source.getFileName().toString().replace(".java", "")));
        }
    }

    private static Stream<Path> sources(Path folder) {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(file -> file.toString().endsWith(".java")).toList().stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
