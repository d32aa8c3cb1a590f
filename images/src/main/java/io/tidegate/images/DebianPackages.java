package io.tidegate.images;

import io.tidegate.testbed.process.TestbedException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Packages of the distribution that this machine runs, as its apt finds and checks them. */
final class DebianPackages {

    /** {@code 'ADDRESS' FILE SIZE CHECKSUM}. */
    private static final Pattern FILE_LINE = Pattern.compile("'[^']+' (\\S+\\.deb) \\d+ \\S*");

    private final Path apt;
    private final Path dpkg;

    private DebianPackages(Path apt, Path dpkg) {
        this.apt = apt;
        this.dpkg = dpkg;
    }

    /**
     * Finds apt.
     *
     * @param path folders of programs, as PATH has them
     * @throws TestbedException where there is none
     */
    static DebianPackages find(String path) {
        return new DebianPackages(program("apt-get", path), program("dpkg-deb", path));
    }

    private static Path program(String name, String path) {
        return Programs.find(name, path)
                .orElseThrow(() -> new TestbedException("There is no " + name
                        + " here, by which images from scratch get their C library: name an image that has glibc as their"
                        + " base instead, as by --from debian:stable-slim."));
    }

    /** Fetches packages into a folder, unless they are there. */
    List<DebianPackage> fetch(List<String> names, Path folder) throws IOException {
        List<Path> files = new ArrayList<>();
        // Of files that lie where it is asked, apt says nothing.
        for (String file : fileNames(names, FileCopies.fresh(folder.resolve("names")))) {
            files.add(folder.resolve(file));
        }
        if (!files.stream().allMatch(Files::isRegularFile)) {
            // As its own user apt could not write here when it is run by root.
            Programs.run(
                    "fetch the C library's packages (is apt-get update due?)",
                    folder,
                    apt(names, "-q", "-o", "APT::Sandbox::User=root"));
        }
        List<DebianPackage> packages = new ArrayList<>();
        for (Path file : files) {
            packages.add(read(file, folder));
        }
        removeOthers(folder, files);
        return packages;
    }

    private List<String> apt(List<String> names, String... options) {
        List<String> command = new ArrayList<>(List.of(apt.toString(), "download"));
        command.addAll(List.of(options));
        command.addAll(names);
        return command;
    }

    private List<String> fileNames(List<String> names, Path folder) {
        String said = Programs.run(
                "find the C library's packages (is apt-get update due?)", folder, apt(names, "--print-uris"));
        List<String> files = fileNames(said);
        if (files.size() != names.size()) {
            throw new TestbedException(
                    "apt-get names other files than those of " + String.join(", ", names) + ":\n" + said);
        }
        return files;
    }

    static List<String> fileNames(String said) {
        return FILE_LINE.matcher(said).results().map(line -> line.group(1)).toList();
    }

    private DebianPackage read(Path file, Path folder) {
        String control = Programs.run(
                "read " + file.getFileName(), folder, List.of(dpkg.toString(), "--field", file.toString()));
        return new DebianPackage(
                file, field(control, "Package"), field(control, "Version"), field(control, "Architecture"), control);
    }

    static String field(String control, String name) {
        return control.lines()
                .filter(line -> line.startsWith(name + ":"))
                .map(line -> line.substring(name.length() + 1).strip())
                .findFirst()
                .orElseThrow(() -> new TestbedException("A package says nothing of its " + name + ":\n" + control));
    }

    /** Unpacks a package into a folder, with the links that it has. */
    void unpack(DebianPackage unpacked, Path target) {
        Programs.run(
                "unpack " + unpacked.name(),
                target,
                List.of(dpkg.toString(), "--extract", unpacked.file().toString(), target.toString()));
    }

    private static void removeOthers(Path folder, List<Path> kept) throws IOException {
        try (Stream<Path> all = Files.list(folder)) {
            for (Path file : all.toList()) {
                if (!kept.contains(file)) {
                    Files.delete(file);
                }
            }
        }
    }
}
