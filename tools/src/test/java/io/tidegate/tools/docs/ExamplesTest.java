package io.tidegate.tools.docs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The documentation's examples in Python are Python; what they import need not be there. */
class ExamplesTest {

    private static final String PARSE = "import ast, sys; ast.parse(open(sys.argv[1], encoding='utf-8').read())";

    static List<Path> examples() throws IOException {
        try (Stream<Path> files = Files.list(Path.of("..", "docs", "examples"))) {
            return files.filter(file -> file.toString().endsWith(".py"))
                    .sorted()
                    .toList();
        }
    }

    @ParameterizedTest
    @MethodSource("examples")
    void areReadByPython(Path example) throws IOException, InterruptedException {
        Process python = started(example);
        String output = new String(python.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertEquals(0, python.waitFor(), output);
        assertTrue(Files.readString(example).contains("tidegate.io/deadline"));
    }

    private static Process started(Path example) {
        try {
            return new ProcessBuilder("python3", "-c", PARSE, example.toString())
                    .redirectErrorStream(true)
                    .start();
        } catch (IOException e) {
            return Assumptions.abort("python3 is not there");
        }
    }
}
