package io.tidegate.it.differential;

import io.fabric8.kubernetes.api.model.NodeBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A node that no kubelet runs: what its pods are is what the test says, pod i of each workload by creation order. Used
 * by one thread.
 */
final class PlayedNode {

    static final String NODE = "played";
    static final String LABEL = "app";

    /** How often samples are taken anew; each sample stays valid for longer than a step. */
    private static final Duration SAMPLE_PERIOD = Duration.ofSeconds(5);

    /** Pods said to have started just now are said so again before that becomes untrue, after 30 s at most. */
    private static final Duration RESTAMP_PERIOD = Duration.ofSeconds(15);

    private final KubernetesClient client;
    private final PodWrites writes;
    private final String namespace;
    private final Map<String, Played> played = new HashMap<>();
    private int nextRank;
    private Instant sampledAt = Instant.EPOCH;

    private static final class Played {
        private final int rank;
        private Pod pod;
        private PodPlay play = PodPlay.fresh();
        private Instant stampedAt = Instant.EPOCH;

        private Played(int rank, Pod pod) {
            this.rank = rank;
            this.pod = pod;
        }

        private boolean ending() {
            return pod.getMetadata().getDeletionTimestamp() != null;
        }
    }

    PlayedNode(KubernetesClient client, String namespace) {
        this.client = client;
        this.writes = new PodWrites(client);
        this.namespace = namespace;
        client.nodes()
                .resource(new NodeBuilder()
                        .withNewMetadata()
                        .withName(NODE)
                        .endMetadata()
                        .build())
                .create();
    }

    /** Does what is due: meets new pods, lets pods go that something else deletes, and takes samples. */
    void work() {
        meetPods();
        Instant now = Instant.now();
        boolean sample = sampledAt.plus(SAMPLE_PERIOD).isBefore(now);
        if (sample) {
            sampledAt = now;
        }
        for (Played pod : List.copyOf(played.values())) {
            if (pod.ending() && pod.play.life() != Life.DELETED) {
                writes.remove(pod.pod);
            } else if (sample && pod.play.published() != PodPlay.Published.NONE) {
                writes.usage(pod.pod, pod.play, now);
            }
            if (pod.play.life() == Life.EARLY_SAMPLE
                    && pod.stampedAt.plus(RESTAMP_PERIOD).isBefore(now)) {
                pod.stampedAt = now;
                writes.status(pod.pod, pod.play.life(), now);
            }
        }
    }

    private void meetPods() {
        Map<String, Pod> listed = client.pods().inNamespace(namespace).list().getItems().stream()
                .collect(Collectors.toMap(pod -> pod.getMetadata().getName(), pod -> pod));
        played.keySet().retainAll(listed.keySet());
        List<Pod> oldestFirst = listed.values().stream()
                .sorted(Comparator.comparing((Pod pod) -> pod.getMetadata().getCreationTimestamp())
                        .thenComparing(pod -> pod.getMetadata().getName()))
                .toList();
        for (Pod pod : oldestFirst) {
            String name = pod.getMetadata().getName();
            @Nullable Played known = played.get(name);
            if (known == null) {
                Played met = new Played(nextRank++, pod);
                played.put(name, met);
                writes.rank(pod, met.rank);
            } else {
                known.pod = pod;
            }
        }
    }

    /** How many pods of a workload there are that its ReplicaSet counts. */
    int active(String workload) {
        return (int) of(workload).stream()
                .filter(pod -> !pod.ending() && pod.play.life().active())
                .count();
    }

    /** How many pods of a workload there are at all. */
    int count(String workload) {
        return of(workload).size();
    }

    /** Removes the pods of a workload that have failed, are done, or are being deleted. */
    void clear(String workload) {
        for (Played pod : of(workload)) {
            if (pod.ending() || !pod.play.life().active()) {
                writes.remove(pod.pod);
            }
        }
    }

    /** Plays the pods of the workloads, the first play the oldest pod of each; all are told the same times. */
    void play(List<String> workloads, List<PodPlay> plays) {
        Instant now = Instant.now();
        for (int i = 0; i < plays.size(); i++) {
            for (String workload : workloads) {
                play(of(workload).get(i), plays.get(i), now);
            }
        }
        // A Failed or ended pod is deleted at once by the API server, so no status follows a deletion.
        for (int i = 0; i < plays.size(); i++) {
            for (String workload : workloads) {
                if (plays.get(i).life() == Life.DELETED) {
                    writes.delete(of(workload).get(i).pod);
                }
            }
        }
    }

    private void play(Played pod, PodPlay play, Instant now) {
        pod.play = play;
        pod.stampedAt = now;
        writes.status(pod.pod, play.life(), now);
        writes.usage(pod.pod, play, now);
    }

    private List<Played> of(String workload) {
        Map<Integer, Played> byRank = new TreeMap<>();
        for (Played pod : played.values()) {
            if (workload.equals(pod.pod.getMetadata().getLabels().get(LABEL))) {
                byRank.put(pod.rank, pod);
            }
        }
        return List.copyOf(byRank.values());
    }
}
