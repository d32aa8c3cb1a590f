package io.tidegate.testbed.services;

import io.tidegate.testbed.files.ClassArchive;
import io.tidegate.testbed.files.RunDirectory;
import io.tidegate.testbed.files.TestbedHome;
import io.tidegate.testbed.process.Progress;
import io.tidegate.testbed.process.TestbedException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import java.util.zip.CRC32C;

/**
 * The command lines of the services as built. From JDK 25 on, the first start of a build is preceded by a training run, so that
 * all later ones cost less.
 */
public final class ServiceProgram {

    private static final int FIRST_RELEASE_WITH_AOT_CACHE = 25;

    /** 2001-09-09. */
    private static final Instant LATEST_STAMP = Instant.ofEpochSecond(1_000_000_000);

    private static final Set<ServiceKind> NOT_TRAINED = EnumSet.noneOf(ServiceKind.class);

    private ServiceProgram() {}

    /** Starts a service with further options of the JVM, and with its AOT cache where there can be one. */
    public static List<String> command(ServiceKind kind, List<String> jvmOptions) {
        List<String> more = new ArrayList<>();
        aotCache(kind, kind.application()).ifPresent(more::add);
        more.addAll(jvmOptions);
        return plainCommand(kind, more);
    }

    /** As {@link #command}, without an AOT cache. */
    public static List<String> plainCommand(ServiceKind kind, List<String> jvmOptions) {
        List<String> command = new ArrayList<>(List.of(TestbedHome.java().toString()));
        command.addAll(jvmOptions);
        command.addAll(List.of("-jar", jar(kind).toString()));
        return command;
    }

    private static Path jar(ServiceKind kind) {
        return kind.application().resolve("quarkus-run.jar");
    }

    /** A service starts without its cache too, so that no failure to make one is a failure to start. */
    private static synchronized Optional<String> aotCache(ServiceKind kind, Path application) {
        if (Runtime.version().feature() < FIRST_RELEASE_WITH_AOT_CACHE || NOT_TRAINED.contains(kind)) {
            return Optional.empty();
        }
        try {
            ClassArchive archive = new ClassArchive(kind.module(), files(application), ServiceProcess.jvmOptions(kind));
            if (archive.isMissing()) {
                Progress.console()
                        .during(
                                "training the " + kind.module() + " to start, once for each build",
                                () -> train(kind, archive));
            }
            return archive.option();
        } catch (TestbedException | UncheckedIOException e) {
            NOT_TRAINED.add(kind);
            Progress.console()
                    .line("the " + kind.module() + " starts without an AOT cache: "
                            + String.valueOf(e.getMessage()).lines().findFirst().orElse(""));
            return Optional.empty();
        }
    }

    private static ClassArchive train(ServiceKind kind, ClassArchive archive) {
        try (RunDirectory directory = RunDirectory.create(false)) {
            archive.train(option ->
                    ServiceTraining.run(kind, TestbedHome.java(), jar(kind), option, directory.folder("training")));
            return archive;
        }
    }

    /**
     * The files of the application. Each gets a time that says what is in it, before 2002: a JVM takes a cache only for
     * jars of the size and time that they had when it was made, and a build that gives the same again would else need a training.
     */
    static List<Path> files(Path application) {
        try (Stream<Path> all = Files.walk(application)) {
            List<Path> files = all.filter(Files::isRegularFile).sorted().toList();
            for (Path file : files) {
                if (Files.getLastModifiedTime(file).toInstant().isAfter(LATEST_STAMP)) {
                    Files.setLastModifiedTime(file, stamp(file));
                }
            }
            return files;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static FileTime stamp(Path file) throws IOException {
        CRC32C checksum = new CRC32C();
        checksum.update(Files.readAllBytes(file));
        return FileTime.from(checksum.getValue() % LATEST_STAMP.getEpochSecond(), TimeUnit.SECONDS);
    }
}
