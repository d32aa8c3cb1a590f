package io.tidegate.testbed.kubelet;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.ClosedWatchServiceException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardWatchEventKinds;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Tells the moment that a container makes its ready file, without polling. */
final class ReadyFiles implements AutoCloseable {
    static final String NAME = "ready";

    private final WatchService service;
    private final Map<WatchKey, Runnable> actions = new ConcurrentHashMap<>();
    private final Map<WatchKey, Path> folders = new ConcurrentHashMap<>();

    ReadyFiles() {
        try {
            service = FileSystems.getDefault().newWatchService();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Thread.ofPlatform().daemon().name("kubelet-ready-files").start(this::follow);
    }

    /** Runs the action when the file is made in this folder, or at once when it is there. */
    WatchKey watch(Path folder, Runnable action) throws IOException {
        WatchKey key = folder.register(service, StandardWatchEventKinds.ENTRY_CREATE);
        folders.put(key, folder);
        actions.put(key, action);
        runIfMade(key);
        return key;
    }

    void forget(WatchKey key) {
        key.cancel();
        actions.remove(key);
        folders.remove(key);
    }

    private void follow() {
        try {
            while (true) {
                WatchKey key = service.take();
                key.pollEvents();
                key.reset();
                runIfMade(key);
            }
        } catch (ClosedWatchServiceException e) {
            // The kubelet ends.
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void runIfMade(WatchKey key) {
        Path folder = folders.get(key);
        if (folder != null && Files.exists(folder.resolve(NAME))) {
            Runnable action = actions.remove(key);
            if (action != null) {
                action.run();
            }
        }
    }

    @Override
    public void close() {
        try {
            service.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
