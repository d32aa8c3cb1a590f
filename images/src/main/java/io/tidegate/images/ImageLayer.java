package io.tidegate.images;

import com.google.cloud.tools.jib.api.buildplan.AbsoluteUnixPath;
import com.google.cloud.tools.jib.api.buildplan.FileEntriesLayer;
import com.google.cloud.tools.jib.api.buildplan.FileEntry;
import com.google.cloud.tools.jib.api.buildplan.FilePermissions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * A layer of an image: some of the files of a tree that is laid out as the image is.
 *
 * @param name for those who look at the image's history
 * @param tree where the image's root is
 * @param files relative to the root, folders included where they must be there though they are empty
 */
record ImageLayer(String name, Path tree, Set<Path> files) {

    private static final FilePermissions FILE = FilePermissions.fromOctalString("644");
    private static final FilePermissions EXECUTABLE = FilePermissions.fromOctalString("755");
    private static final FilePermissions FOR_ALL = FilePermissions.fromOctalString("777");

    /** Of the group that platforms which choose a user for each namespace run containers with. */
    private static final FilePermissions FOR_GROUP = FilePermissions.fromOctalString("775");

    private static final Path STATE = Path.of(ImageLayout.STATE);
    private static final Path TEMPORARY = Path.of("tmp");

    ImageLayer {
        files = new TreeSet<>(files);
    }

    /** The files and empty folders below the root that are wanted. */
    static ImageLayer of(String name, Path tree, Predicate<Path> wanted) throws IOException {
        Set<Path> files = new TreeSet<>();
        try (Stream<Path> all = Files.walk(tree)) {
            for (Path file : all.toList()) {
                Path relative = tree.relativize(file);
                if ((!Files.isDirectory(file) || isEmpty(file)) && wanted.test(relative)) {
                    files.add(relative);
                }
            }
        }
        return new ImageLayer(name, tree, files);
    }

    private static boolean isEmpty(Path folder) throws IOException {
        try (Stream<Path> content = Files.list(folder)) {
            return content.findAny().isEmpty();
        }
    }

    FileEntriesLayer entries() {
        List<FileEntry> entries = new ArrayList<>();
        for (Path file : files) {
            entries.add(new FileEntry(
                    tree.resolve(file),
                    AbsoluteUnixPath.get("/" + file),
                    permissions(file),
                    ImageLayout.MODIFIED,
                    file.equals(STATE) ? ImageLayout.USER + ":0" : ""));
        }
        return FileEntriesLayer.builder().setName(name).setEntries(entries).build();
    }

    private FilePermissions permissions(Path file) {
        if (file.equals(TEMPORARY)) {
            return FOR_ALL;
        }
        if (file.equals(STATE)) {
            return FOR_GROUP;
        }
        Path source = tree.resolve(file);
        return Files.isDirectory(source) || Files.isExecutable(source) ? EXECUTABLE : FILE;
    }
}
