package io.tidegate.it.gitops;

import io.tidegate.testbed.process.TestbedException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** A working tree of a repository, by the git program, with nothing of the user's settings. */
final class Git {

    private final Path folder;

    private Git(Path folder) {
        this.folder = folder;
    }

    /** A new repository that others push to and fetch from. */
    static Git bare(Path folder) {
        Git git = new Git(folder);
        git.run("init", "--quiet", "--bare", "--initial-branch=main", ".");
        return git;
    }

    /** A working tree of it. */
    Git cloned(Path into) {
        Git clone = new Git(into);
        clone.run("init", "--quiet", "--initial-branch=main", ".");
        clone.run("remote", "add", "origin", folder.toString());
        return clone;
    }

    Path folder() {
        return folder;
    }

    /** Writes a file and commits it; gives the commit. */
    String commit(String message, Map<String, String> files) {
        try {
            for (Map.Entry<String, String> file : files.entrySet()) {
                Path path = folder.resolve(file.getKey());
                Files.createDirectories(path.getParent());
                Files.writeString(path, file.getValue());
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        run("add", "--all");
        run("commit", "--quiet", "--message", message);
        return head();
    }

    String removed(String file) {
        run("rm", "--quiet", file);
        run("commit", "--quiet", "--message", "remove " + file);
        return head();
    }

    /** Takes a commit back by another. */
    String reverted(String commit) {
        run("revert", "--no-edit", commit);
        return head();
    }

    void push() {
        run("push", "--quiet", "origin", "HEAD:main");
    }

    /** Makes the working tree what the origin has; gives its commit, empty while it has none. */
    String fetched() {
        run("fetch", "--quiet", "origin");
        if (run("branch", "--remotes", "--list", "origin/main").isEmpty()) {
            return "";
        }
        run("reset", "--quiet", "--hard", "origin/main");
        return head();
    }

    String head() {
        return run("rev-parse", "HEAD");
    }

    private String run(String... arguments) {
        try {
            Files.createDirectories(folder);
            List<String> command = new ArrayList<>(List.of("git"));
            command.addAll(Arrays.asList(arguments));
            ProcessBuilder builder =
                    new ProcessBuilder(command).directory(folder.toFile()).redirectErrorStream(true);
            builder.environment().keySet().removeIf(name -> name.startsWith("GIT_"));
            builder.environment()
                    .putAll(Map.of(
                            "GIT_CONFIG_GLOBAL", "/dev/null",
                            "GIT_CONFIG_NOSYSTEM", "1",
                            "GIT_AUTHOR_NAME", "Test",
                            "GIT_AUTHOR_EMAIL", "test@example.internal",
                            "GIT_COMMITTER_NAME", "Test",
                            "GIT_COMMITTER_EMAIL", "test@example.internal"));
            Process process = builder.start();
            String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
            if (process.waitFor() != 0) {
                throw new TestbedException(String.join(" ", command) + ": " + output);
            }
            return output;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new TestbedException("Interrupted while git ran.", e);
        }
    }
}
