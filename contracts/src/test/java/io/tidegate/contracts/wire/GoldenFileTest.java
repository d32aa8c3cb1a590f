package io.tidegate.contracts.wire;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import io.tidegate.contracts.wire.Examples.Example;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Golden files hold key, headers and body of a record. Those beside this test change with the records; those in {@code golden/v1}
 * lie in topics somewhere, so they are never changed, only added to.
 */
class GoldenFileTest {

    private static final Path RESOURCES = Path.of("src", "test", "resources");
    private static final Path TODAY = RESOURCES.resolve("GoldenFileTest");
    private static final Path V1 = RESOURCES.resolve("golden").resolve("v1");

    @ParameterizedTest
    @MethodSource("examples")
    void writesWhatTheGoldenFileSays(Example example) throws IOException {
        String golden = Files.readString(TODAY.resolve(example.name() + ".json"));

        assertEquals(compact(golden), example.record().golden());
    }

    @ParameterizedTest
    @MethodSource("examples")
    void readsBackWhatItWrites(Example example) throws IOException, UnreadableRecordException {
        WireRecord again = example.record().readAndWritten(example.type());

        assertAll(
                () -> assertEquals(example.record().golden(), again.golden()),
                () -> assertEquals(example.record().text(), again.text()));
    }

    @ParameterizedTest
    @MethodSource("filesOfV1")
    void readsOldRecordsAndWritesThemBackEqual(Path file) throws IOException, UnreadableRecordException {
        String golden = Files.readString(file);
        WireRecord old = WireRecord.ofGolden(golden);

        assertEquals(compact(golden), old.readAndWritten(typeOf(file)).golden());
    }

    @Test
    void thereIsAGoldenFileForEachExampleAndNoOther() throws IOException {
        assertEquals(
                examples().stream()
                        .map(example -> example.name() + ".json")
                        .collect(Collectors.toCollection(TreeSet::new)),
                names(TODAY));
    }

    @Test
    void oldFilesCoverEveryType() throws IOException {
        assertEquals(
                Set.of(EventType.values()),
                files(V1).stream().map(GoldenFileTest::typeOf).collect(Collectors.toSet()));
    }

    @Test
    void examplesCoverEveryType() {
        assertEquals(
                Set.of(EventType.values()),
                examples().stream().map(Example::type).collect(Collectors.toSet()));
        assertFalse(Examples.withBody().isEmpty());
    }

    static List<Example> examples() {
        return Examples.all();
    }

    static List<Path> filesOfV1() throws IOException {
        return files(V1);
    }

    private static EventType typeOf(Path file) {
        String name = file.getFileName().toString();
        return Arrays.stream(EventType.values())
                .filter(type -> name.startsWith(type.shortName() + "."))
                .findFirst()
                .orElseThrow(() -> new AssertionError(name + " does not begin with a type"));
    }

    private static List<Path> files(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.sorted().toList();
        }
    }

    private static Set<String> names(Path folder) throws IOException {
        return files(folder).stream()
                .map(file -> file.getFileName().toString())
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static String compact(String json) throws IOException {
        return Json.mapper().readTree(json).toString();
    }
}
