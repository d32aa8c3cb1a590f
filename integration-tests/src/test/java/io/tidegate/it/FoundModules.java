package io.tidegate.it;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.spi.ToolProvider;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;

/** Modules of the JDK that jars name, as jdeps finds them. */
final class FoundModules {

    private FoundModules() {}

    /**
     * Looks at all jars below a folder.
     *
     * @param work where copies of the jars are put: on a class path module descriptors mean nothing, but jdeps would resolve them
     */
    static Set<String> of(Path jars, Path work) throws IOException {
        List<String> arguments =
                new ArrayList<>(List.of("--multi-release", "base", "--ignore-missing-deps", "--print-module-deps"));
        try (Stream<Path> files = Files.walk(jars)) {
            for (Path jar : files.filter(file -> file.toString().endsWith(".jar"))
                    .sorted()
                    .toList()) {
                Path copy = work.resolve(jars.relativize(jar).toString().replace('/', '-'));
                copyWithoutDescriptors(jar, copy);
                arguments.add(copy.toString());
            }
        }
        StringWriter said = new StringWriter();
        int code = ToolProvider.findFirst("jdeps")
                .orElseThrow(() -> new IllegalStateException("this JDK has no jdeps"))
                .run(new PrintWriter(said, true), new PrintWriter(said, true), arguments.toArray(String[]::new));
        if (code != 0) {
            throw new IllegalStateException("jdeps failed: " + said);
        }
        String last = said.toString().strip().lines().reduce("", (before, line) -> line);
        return new TreeSet<>(Arrays.asList(last.split(",", -1)));
    }

    private static void copyWithoutDescriptors(Path jar, Path copy) throws IOException {
        Set<String> names = new HashSet<>();
        try (InputStream from = Files.newInputStream(jar);
                ZipInputStream entries = new ZipInputStream(from);
                OutputStream to = Files.newOutputStream(copy);
                ZipOutputStream kept = new ZipOutputStream(to)) {
            for (ZipEntry entry = entries.getNextEntry(); entry != null; entry = entries.getNextEntry()) {
                boolean isClass =
                        entry.getName().endsWith(".class") && !entry.getName().endsWith("module-info.class");
                if (isClass && names.add(entry.getName())) {
                    kept.putNextEntry(new ZipEntry(entry.getName()));
                    entries.transferTo(kept);
                    kept.closeEntry();
                }
            }
        }
    }
}
