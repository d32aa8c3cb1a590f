package io.tidegate.images;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.cloud.tools.jib.api.buildplan.FileEntry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ImageLayerTest {

    @TempDir
    private Path tree = Path.of("");

    @Test
    void filesAreForAllToReadAndOfOneTime() throws IOException {
        Path program = write("opt/java/bin/java");
        assertTrue(program.toFile().setExecutable(true));
        assertTrue(write("opt/java/release").toFile().setReadable(false, false));

        List<FileEntry> entries = entries();

        assertEquals(List.of("/opt/java/bin/java", "/opt/java/release"), paths(entries));
        assertEquals(
                List.of("755", "644"),
                entries.stream()
                        .map(entry -> entry.getPermissions().toOctalString())
                        .toList());
        entries.forEach(entry -> assertEquals(ImageLayout.MODIFIED, entry.getModificationTime()));
        entries.forEach(entry -> assertEquals("", entry.getOwnership()));
    }

    @Test
    void onlyTwoFoldersCanBeWrittenTo() throws IOException {
        CRuntime.makeWritable(tree);
        write("etc/passwd");

        List<FileEntry> entries = entries();

        assertEquals(List.of("/etc/passwd", "/tmp", "/var/lib/tidegate"), paths(entries));
        assertEquals(
                List.of("644", "777", "775"),
                entries.stream()
                        .map(entry -> entry.getPermissions().toOctalString())
                        .toList());
        assertEquals("65532:0", entries.getLast().getOwnership());
    }

    @Test
    void copiesHaveNoLinks() throws IOException {
        Path library = write("from/libz.so.1.2.13");
        Files.createSymbolicLink(library.resolveSibling("libz.so.1"), library.getFileName());

        FileCopies.copy(tree.resolve("from"), tree.resolve("to"), file -> file.endsWith("libz.so.1"));
        FileCopies.stamp(tree.resolve("to"));

        Path copy = tree.resolve("to/libz.so.1");
        assertEquals(List.of(copy), FileCopies.files(tree.resolve("to")));
        assertTrue(Files.isRegularFile(copy, java.nio.file.LinkOption.NOFOLLOW_LINKS));
        assertEquals(ImageLayout.MODIFIED, Files.getLastModifiedTime(copy).toInstant());
    }

    private List<FileEntry> entries() throws IOException {
        return ImageLayer.of("layer", tree, file -> true).entries().getEntries();
    }

    private static List<String> paths(List<FileEntry> entries) {
        return entries.stream()
                .map(entry -> entry.getExtractionPath().toString())
                .toList();
    }

    private Path write(String file) throws IOException {
        FileCopies.write(tree.resolve(file), file);
        return tree.resolve(file);
    }
}
