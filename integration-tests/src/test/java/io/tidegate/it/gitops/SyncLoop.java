package io.tidegate.it.gitops;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.tidegate.it.deploy.Kubectl;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What Argo CD and Flux do with a folder of a repository, as small as it can be: each new commit is dry-run as a whole, and
 * applied server-side by a field manager of its own if the API server takes all of it; what the folder had before and has no
 * more is deleted. Commit and inventory are kept in a ConfigMap.
 */
final class SyncLoop implements AutoCloseable {

    /** The field manager. */
    static final String MANAGER = "git-sync";

    private static final Duration PERIOD = Duration.ofMillis(500);
    private static final String INVENTORY = "git-sync";

    private final Git tree;
    private final String path;
    private final Kubectl kubectl;
    private final KubernetesClient client;
    private final String namespace;
    private final Thread thread = Thread.ofVirtual().name("git-sync").unstarted(this::run);
    private volatile Sync last = new Sync("", "", "");
    private volatile boolean closed;

    /**
     * How far it is.
     *
     * @param attempted the newest commit that it has seen
     * @param applied the newest commit that the cluster has
     * @param problem why the newest commit could not be applied, in the API server's words; empty if it could
     */
    record Sync(String attempted, String applied, String problem) {}

    private SyncLoop(Git tree, String path, Kubectl kubectl, KubernetesClient client, String namespace) {
        this.tree = tree;
        this.path = path;
        this.kubectl = kubectl;
        this.client = client;
        this.namespace = namespace;
    }

    /**
     * Begins to sync.
     *
     * @param tree a working tree of its own
     * @param path folder of the manifests in it
     */
    static SyncLoop start(Git tree, String path, Kubectl kubectl, KubernetesClient client, String namespace) {
        SyncLoop loop = new SyncLoop(tree, path, kubectl, client, namespace);
        loop.thread.start();
        return loop;
    }

    Sync last() {
        return last;
    }

    private void run() {
        try {
            while (!closed) {
                String commit = tree.fetched();
                if (!commit.isEmpty() && !commit.equals(last.attempted())) {
                    last = sync(commit);
                }
                Thread.sleep(PERIOD);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private Sync sync(String commit) {
        Kubectl.Result tried = apply("--dry-run=server");
        Kubectl.Result applied = tried.code() == 0 ? apply() : tried;
        if (applied.code() != 0) {
            return new Sync(commit, last.applied(), applied.output());
        }
        List<String> objects = applied.output().lines().sorted().toList();
        List<String> gone = new ArrayList<>(inventory());
        gone.removeAll(objects);
        for (String object : gone) {
            Kubectl.Result deleted = kubectl.run("delete", "-n", namespace, object, "--ignore-not-found");
            if (deleted.code() != 0) {
                return new Sync(commit, last.applied(), deleted.output());
            }
        }
        keep(commit, objects);
        return new Sync(commit, commit, "");
    }

    private Kubectl.Result apply(String... more) {
        List<String> arguments = new ArrayList<>(List.of(
                "apply",
                "--server-side",
                "--force-conflicts",
                "--validate=strict",
                "--field-manager=" + MANAGER,
                "-n",
                namespace,
                "-R",
                "-f",
                tree.folder().resolve(path).toString(),
                "-o",
                "name"));
        arguments.addAll(List.of(more));
        return kubectl.run(arguments.toArray(String[]::new));
    }

    private List<String> inventory() {
        @Nullable
        ConfigMap kept =
                client.configMaps().inNamespace(namespace).withName(INVENTORY).get();
        return kept == null
                ? List.of()
                : kept.getData().getOrDefault("objects", "").lines().toList();
    }

    private void keep(String commit, List<String> objects) {
        client.resource(new ConfigMapBuilder()
                        .withNewMetadata()
                        .withNamespace(namespace)
                        .withName(INVENTORY)
                        .endMetadata()
                        .withData(Map.of("commit", commit, "objects", String.join("\n", objects)))
                        .build())
                .fieldManager(MANAGER)
                .forceConflicts()
                .serverSideApply();
    }

    /** Lets what it does come to its end: a git or kubectl that is under way is not interrupted. */
    @Override
    public void close() {
        closed = true;
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
