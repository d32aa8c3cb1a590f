package io.tidegate.decision;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Makes docs/semantics.md of the rules in {@code semantics-rows.txt} and of the tests that name them, and fails if a rule
 * has no test or the file is another. {@code -Dtidegate.docs.write=true} writes the file.
 */
class SemanticsTableTest {
    private static final Path TESTS = Path.of("src", "test", "java");
    private static final Path ROWS = Path.of("src", "test", "resources", "semantics-rows.txt");
    private static final Path TABLE = Path.of("..", "docs", "semantics.md");

    @Test
    void namesATestForEachRule() throws IOException, ReflectiveOperationException {
        Map<String, List<String>> tests = tests();
        StringBuilder table = new StringBuilder();
        Set<String> named = new HashSet<>();
        for (String line : Files.readAllLines(ROWS)) {
            if (line.startsWith("|") || !line.contains(" | ")) {
                table.append(line).append('\n');
                continue;
            }
            List<String> cells = List.of(line.split(" \\| ", -1));
            List<String> found = tests.getOrDefault(cells.getFirst(), List.of());
            assertTrue(!found.isEmpty(), "no test names the rule " + cells.getFirst());
            assertTrue(named.add(cells.getFirst()), "two rules are named " + cells.getFirst());
            table.append("| ")
                    .append(cells.getFirst())
                    .append(" | ")
                    .append(cells.getLast())
                    .append(" | ")
                    .append(String.join(", ", found))
                    .append(" |\n");
        }
        for (String rule : tests.keySet()) {
            assertTrue(named.contains(rule), "tests name a rule that there is not: " + rule);
        }
        if (Boolean.getBoolean("tidegate.docs.write")) {
            Files.writeString(TABLE, table);
        }
        assertEquals(table.toString(), Files.readString(TABLE), "run with -Dtidegate.docs.write=true");
    }

    private static Map<String, List<String>> tests() throws IOException, ReflectiveOperationException {
        Map<String, List<String>> tests = new LinkedHashMap<>();
        List<String> names;
        try (Stream<Path> files = Files.walk(TESTS)) {
            names = files.map(file -> TESTS.relativize(file).toString())
                    .filter(file -> file.endsWith("Test.java"))
                    .map(file -> file.replace(".java", "").replace('/', '.').replace('\\', '.'))
                    .sorted()
                    .toList();
        }
        for (String name : names) {
            Class<?> test = Class.forName(name);
            // The order of reflection is not defined.
            List<Method> methods = Arrays.stream(test.getDeclaredMethods())
                    .sorted((one, other) -> one.getName().compareTo(other.getName()))
                    .toList();
            for (Method method : methods) {
                for (Row row : method.getAnnotationsByType(Row.class)) {
                    tests.computeIfAbsent(row.value(), rule -> new ArrayList<>())
                            .addAll(shown(test, method, row));
                }
            }
        }
        return tests;
    }

    private static List<String> shown(Class<?> test, Method method, Row row) throws ReflectiveOperationException {
        if (row.cases().length == 0) {
            return List.of("`" + test.getSimpleName() + "." + method.getName() + "`");
        }
        Set<String> cases = cases(test, method);
        List<String> shown = new ArrayList<>();
        for (String one : row.cases()) {
            assertTrue(cases.contains(one), test.getSimpleName() + " has no case " + one);
            shown.add("`" + test.getSimpleName() + "." + one + "`");
        }
        return shown;
    }

    private static Set<String> cases(Class<?> test, Method method) throws ReflectiveOperationException {
        Set<String> cases = new HashSet<>();
        for (String source : method.getAnnotation(MethodSource.class).value()) {
            Method factory = test.getDeclaredMethod(source);
            factory.setAccessible(true);
            ((Stream<?>) factory.invoke(null)).forEach(one -> cases.add(String.valueOf(one)));
        }
        return cases;
    }
}
