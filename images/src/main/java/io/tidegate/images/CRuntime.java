package io.tidegate.images;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * The lowest layer of an image from scratch: the C library and what else the JVM and the native libraries of Kafka and RocksDB
 * link to, time zones, and the few files by which programs find users and names. No shell, no package manager.
 */
final class CRuntime {

    static final List<String> PACKAGES = List.of("libc6", "libstdc++6", "libgcc-s1", "zlib1g", "tzdata");

    /** Where Debian's packages are described one by one, scanners look without a package manager. */
    private static final String DESCRIPTIONS = "var/lib/dpkg/status.d";

    private static final String ACCOUNTS = """
            root:x:0:0:root:/:/nonexistent
            tidegate:x:%1$d:%1$d:tidegate:/:/nonexistent
            """.formatted(ImageLayout.USER);

    private static final String GROUPS = """
            root:x:0:
            tidegate:x:%d:
            """.formatted(ImageLayout.USER);

    private CRuntime() {}

    /** Lays out the files of packages, read by {@code packages}, below {@code tree}, with {@code work} to unpack them in. */
    static void layOut(DebianPackages packages, List<DebianPackage> wanted, Path work, Path tree) throws IOException {
        FileCopies.fresh(tree);
        for (DebianPackage one : wanted) {
            Path unpacked = FileCopies.fresh(work.resolve(one.name()));
            packages.unpack(one, unpacked);
            take(unpacked, tree);
            FileCopies.write(tree.resolve(DESCRIPTIONS).resolve(one.name()), one.control());
        }
        FileCopies.write(tree.resolve("etc/passwd"), ACCOUNTS);
        FileCopies.write(tree.resolve("etc/group"), GROUPS);
        FileCopies.write(tree.resolve("etc/nsswitch.conf"), "passwd: files\ngroup: files\nhosts: files dns\n");
        Path release = Path.of("/etc/os-release");
        if (Files.isRegularFile(release)) {
            FileCopies.write(tree.resolve("etc/os-release"), Files.readString(release));
        }
        FileCopies.stamp(tree);
    }

    /** Folders that a service writes to: all that there is of this layer on a base image. */
    static void makeWritable(Path tree) throws IOException {
        Files.createDirectories(tree.resolve("tmp"));
        Files.createDirectories(tree.resolve(ImageLayout.STATE));
    }

    private static void take(Path unpacked, Path tree) throws IOException {
        Set<Path> linked = new HashSet<>();
        List<Path> files = FileCopies.files(unpacked);
        for (Path file : files) {
            if (Files.isSymbolicLink(file) && isLibrary(unpacked.relativize(file))) {
                linked.add(target(unpacked, file));
            }
        }
        for (Path file : files) {
            Path relative = unpacked.relativize(file);
            if (isLibrary(relative)) {
                // Libraries are found by the name of their link, and would else be there twice.
                if (Files.isSymbolicLink(file)) {
                    FileCopies.copyFile(target(unpacked, file), tree.resolve(relative));
                } else if (!linked.contains(file) || isLoader(relative)) {
                    FileCopies.copyFile(file, tree.resolve(relative));
                }
            } else if (isTimeZone(relative) || isLicence(relative)) {
                Path target = target(unpacked, file);
                if (Files.isRegularFile(target)) {
                    FileCopies.copyFile(target, tree.resolve(relative));
                }
            }
        }
    }

    static boolean isLibrary(Path file) {
        String name = String.valueOf(file.getFileName());
        boolean inLibraries = file.startsWith("lib") || file.startsWith("lib64") || file.startsWith("usr/lib");
        return inLibraries
                && (name.endsWith(".so") || name.contains(".so."))
                && !file.toString().contains("/gconv/")
                && !file.toString().contains("/audit/");
    }

    /** The loader is also a library, in the folder of the libraries. */
    private static boolean isLoader(Path file) {
        return String.valueOf(file.getFileName()).startsWith("ld-linux");
    }

    static boolean isTimeZone(Path file) {
        return file.startsWith("usr/share/zoneinfo")
                && !file.startsWith("usr/share/zoneinfo/posix")
                && !file.startsWith("usr/share/zoneinfo/right");
    }

    private static boolean isLicence(Path file) {
        return file.startsWith("usr/share/doc") && file.endsWith("copyright");
    }

    /** The file that a link leads to, where links that begin at the root begin at that of the package. */
    private static Path target(Path root, Path file) throws IOException {
        Path target = file;
        while (Files.isSymbolicLink(target)) {
            Path link = Files.readSymbolicLink(target);
            target = link.isAbsolute()
                    ? root.resolve(link.toString().substring(1))
                    : target.resolveSibling(link).normalize();
        }
        return target;
    }
}
