package io.tidegate.decision.simulation;

import io.tidegate.decision.model.Pods;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** A consumer group and the pods that it runs in: pods start late, and each change of members stops all of them. */
final class Group {
    private final Topic topic;
    private final Scenario scenario;
    private final Random random;
    private final List<Pod> pods = new ArrayList<>();
    private long pausedUntil;

    Group(Topic topic, Scenario scenario, Random random) {
        this.topic = topic;
        this.scenario = scenario;
        this.random = random;
    }

    /** One pod with one consumer. */
    private static final class Pod {
        private final long readyAt;
        private boolean ready;
        private double credit;
        private long nextCommit;
        private int cursor;
        private List<Integer> assigned = List.of();

        Pod(long readyAt) {
            this.readyAt = readyAt;
        }
    }

    void scaleTo(int replicas, long now) {
        boolean left = false;
        while (pods.size() > replicas) {
            Pod pod = pods.removeLast();
            left |= pod.ready;
        }
        while (pods.size() < replicas) {
            double start = scenario.startSeconds() * (0.9 + 0.2 * random.nextDouble());
            pods.add(new Pod(now + Math.round(start * 1_000)));
        }
        if (left) {
            rebalance(now);
        }
    }

    /** Moves time by one step; says whether the number of ready pods changed. */
    boolean advance(long now, long stepMillis) {
        boolean joined = false;
        for (Pod pod : pods) {
            if (!pod.ready && now >= pod.readyAt) {
                pod.ready = true;
                pod.nextCommit = now + commitMillis();
                joined = true;
            }
        }
        if (joined) {
            rebalance(now);
        }
        if (now >= pausedUntil) {
            for (Pod pod : pods) {
                if (pod.ready) {
                    work(pod, now, stepMillis);
                }
            }
        }
        return joined;
    }

    private void work(Pod pod, long now, long stepMillis) {
        pod.credit += scenario.rate() * stepMillis / 1_000;
        for (int visited = 0; pod.credit >= 1 && visited < pod.assigned.size(); visited++) {
            Topic.Partition partition = topic.partition(pod.assigned.get(pod.cursor % pod.assigned.size()));
            long records = Math.min((long) pod.credit, partition.waiting());
            partition.process(records);
            pod.credit -= records;
            pod.cursor++;
        }
        pod.credit = Math.min(pod.credit, 1);
        if (now >= pod.nextCommit) {
            pod.nextCommit += commitMillis();
            for (int index : pod.assigned) {
                topic.partition(index).commit(now);
            }
        }
    }

    /** Consumers commit what they have done, stop, and share the partitions anew. */
    private void rebalance(long now) {
        for (int i = 0; i < topic.size(); i++) {
            topic.partition(i).commit(now);
        }
        pausedUntil = now + Math.round(scenario.pauseSeconds() * 1_000);
        List<Pod> members = pods.stream().filter(pod -> pod.ready).toList();
        for (int member = 0; member < members.size(); member++) {
            List<Integer> assigned = new ArrayList<>();
            for (int i = member; i < topic.size(); i += members.size()) {
                assigned.add(i);
            }
            members.get(member).assigned = assigned;
            members.get(member).credit = 0;
        }
    }

    int replicas() {
        return pods.size();
    }

    Pods pods() {
        int ready = (int) pods.stream().filter(pod -> pod.ready).count();
        return new Pods(ready, pods.size() - ready, 0, 0, 0);
    }

    private long commitMillis() {
        return Math.round(scenario.commitSeconds() * 1_000);
    }
}
