package io.tidegate.images;

import io.tidegate.testbed.files.FileTree;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** Trees of files as an image will have them: no links, and all of one time. */
final class FileCopies {

    private FileCopies() {}

    /** An empty folder in the place of whatever was there. */
    static Path fresh(Path folder) throws IOException {
        FileTree.delete(folder);
        return Files.createDirectories(folder);
    }

    /** Copies the files below a folder whose relative path is wanted; what links point at is copied in their place. */
    static void copy(Path source, Path target, Predicate<Path> wanted) throws IOException {
        for (Path file : files(source)) {
            Path relative = source.relativize(file);
            if (wanted.test(relative)) {
                copyFile(file, target.resolve(relative));
            }
        }
    }

    static void copyFile(Path source, Path target) throws IOException {
        Path folder = target.getParent();
        if (folder != null) {
            Files.createDirectories(folder);
        }
        Files.copy(source, target, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.COPY_ATTRIBUTES);
    }

    static void write(Path file, String content) throws IOException {
        Path folder = file.getParent();
        if (folder != null) {
            Files.createDirectories(folder);
        }
        Files.writeString(file, content);
    }

    /** Gives all files below a folder the time that they have in the image. */
    static void stamp(Path folder) throws IOException {
        for (Path file : files(folder)) {
            Files.setLastModifiedTime(file, FileTime.from(ImageLayout.MODIFIED));
        }
    }

    /** All that is below a folder and is no folder, in order. */
    static List<Path> files(Path folder) throws IOException {
        try (Stream<Path> all = Files.walk(folder)) {
            return all.filter(file -> !Files.isDirectory(file)).sorted().toList();
        }
    }
}
