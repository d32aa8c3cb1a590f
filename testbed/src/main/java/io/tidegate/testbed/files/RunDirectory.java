package io.tidegate.testbed.files;

import io.tidegate.testbed.process.ShutdownHook;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;

/** The folder of one run: data, configuration and logs of all that the run starts; removed at its end. */
public final class RunDirectory implements AutoCloseable {
    private static final String PREFIX = "tidegate-testbed-";

    private final Path path;
    private final Runnable removal = this::remove;
    private final boolean keep;

    private RunDirectory(Path path, boolean keep) {
        this.path = path;
        this.keep = keep;
    }

    /** Makes a new folder, after removing those of runs that were killed; {@code keep} leaves it there at the end. */
    public static RunDirectory create(boolean keep) {
        try {
            Path base = Path.of(System.getProperty("java.io.tmpdir"));
            removeLeftovers(base);
            Path path = Files.createTempDirectory(
                    base, PREFIX + ProcessHandle.current().pid() + "-");
            RunDirectory directory = new RunDirectory(path, keep);
            ShutdownHook.afterwards(directory.removal);
            return directory;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public Path path() {
        return path;
    }

    /** A folder inside, made when it is missing. */
    public Path folder(String name) {
        try {
            return Files.createDirectories(path.resolve(name));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void removeLeftovers(Path base) throws IOException {
        try (DirectoryStream<Path> folders = Files.newDirectoryStream(base, PREFIX + "*-*")) {
            for (Path folder : folders) {
                String pid = folder.getFileName()
                        .toString()
                        .substring(PREFIX.length())
                        .replaceAll("-.*", "");
                boolean ours = Files.getOwner(folder)
                        .equals(Files.getOwner(base.getFileSystem().getPath(System.getProperty("user.home"))));
                if (ours
                        && pid.matches("[0-9]{1,10}")
                        && ProcessHandle.of(Long.parseLong(pid)).isEmpty()
                        && !Files.exists(folder.resolve("keep"))) {
                    FileTree.delete(folder);
                }
            }
        }
    }

    /** Synchronized: at the end of the JVM the owner's close and the shutdown hook may both be here. */
    private synchronized void remove() {
        try {
            if (keep) {
                Files.writeString(path.resolve("keep"), "");
            } else {
                FileTree.delete(path);
            }
        } catch (IOException e) {
            System.getLogger(RunDirectory.class.getName()).log(System.Logger.Level.WARNING, "Cannot remove " + path, e);
        }
    }

    @Override
    public void close() {
        remove();
        ShutdownHook.notAfterwards(removal);
    }
}
