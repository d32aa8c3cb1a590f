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
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The command lines of the services as built. From JDK 25 on, the first start of a build is preceded by a training run, so that
 * all later ones cost less.
 */
public final class ServiceProgram {

    private static final int FIRST_RELEASE_WITH_AOT_CACHE = 25;
    private static final Set<ServiceKind> NOT_TRAINED = EnumSet.noneOf(ServiceKind.class);

    private ServiceProgram() {}

    /** Starts a service with further options of the JVM, and with its AOT cache where there can be one. */
    public static List<String> command(ServiceKind kind, List<String> jvmOptions) {
        List<String> more = new ArrayList<>();
        aotCache(kind).ifPresent(more::add);
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

    private static synchronized Optional<String> aotCache(ServiceKind kind) {
        if (Runtime.version().feature() < FIRST_RELEASE_WITH_AOT_CACHE) {
            return Optional.empty();
        }
        ClassArchive archive = new ClassArchive(kind.module(), jars(kind));
        if (archive.isMissing() && !NOT_TRAINED.contains(kind)) {
            train(kind, archive);
        }
        return archive.option();
    }

    /** A service starts without its cache too, so that no failure to make one is a failure to start. */
    private static void train(ServiceKind kind, ClassArchive archive) {
        try (RunDirectory directory = RunDirectory.create(false)) {
            Progress.console().during("training the " + kind.module() + " to start, once for each build", () -> {
                archive.train(option ->
                        ServiceTraining.run(kind, TestbedHome.java(), jar(kind), option, directory.folder("training")));
                return kind;
            });
        } catch (TestbedException e) {
            NOT_TRAINED.add(kind);
            System.getLogger(ServiceProgram.class.getName())
                    .log(System.Logger.Level.WARNING, "The " + kind.module() + " starts without an AOT cache", e);
        }
    }

    private static List<Path> jars(ServiceKind kind) {
        try (Stream<Path> files = Files.walk(kind.application())) {
            return files.filter(Files::isRegularFile).sorted().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
