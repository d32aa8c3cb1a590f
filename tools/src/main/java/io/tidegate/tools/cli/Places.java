package io.tidegate.tools.cli;

import io.tidegate.tools.manifest.ManifestFile;
import io.tidegate.tools.manifest.ManifestReader;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;

/** Finds and reads the files that were named. */
final class Places {

    private final CommandSpec spec;

    Places(CommandSpec spec) {
        this.spec = spec;
    }

    List<ManifestFile> read(List<String> places) {
        List<ManifestFile> files = new ArrayList<>();
        Set<Path> paths = new TreeSet<>();
        for (String place : places) {
            if (place.equals("-")) {
                files.add(standardInput());
            } else {
                paths.addAll(find(place));
            }
        }
        paths.forEach(path -> files.add(ManifestReader.read(path, path.toString())));
        return files;
    }

    private ManifestFile standardInput() {
        try {
            return ManifestReader.read(System.in, "standard input");
        } catch (IOException e) {
            throw wrongUse("The standard input can't be read: " + e.getMessage());
        }
    }

    private Set<Path> find(String place) {
        Set<Path> found = new TreeSet<>();
        try {
            Path path = Path.of(place);
            if (Files.isDirectory(path)) {
                Files.walkFileTree(path, new ManifestVisitor(path, found));
            } else if (Files.exists(path)) {
                found.add(path.normalize());
            } else {
                throw wrongUse("There is no file or folder " + place + ".");
            }
        } catch (InvalidPathException | IOException e) {
            throw wrongUse(place + " can't be read: " + e.getMessage());
        }
        return found;
    }

    private ParameterException wrongUse(String sentence) {
        return new ParameterException(spec.commandLine(), sentence);
    }

    /** Passes by hidden folders, such as that of Git. */
    private static final class ManifestVisitor extends SimpleFileVisitor<Path> {

        private final Path root;
        private final Set<Path> found;

        ManifestVisitor(Path root, Set<Path> found) {
            this.root = root;
            this.found = found;
        }

        @Override
        public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
            boolean hidden = !folder.equals(root) && nameOf(folder).startsWith(".");
            return hidden ? FileVisitResult.SKIP_SUBTREE : FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
            String name = nameOf(file).toLowerCase(Locale.ROOT);
            if (name.endsWith(".yaml") || name.endsWith(".yml") || name.endsWith(".json")) {
                found.add(file.normalize());
            }
            return FileVisitResult.CONTINUE;
        }

        private static String nameOf(Path path) {
            @Nullable Path name = path.getFileName();
            return name == null ? "" : name.toString();
        }
    }
}
