package io.tidegate.spark.ledger;

import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The registered executors, and whether they have work; guarded by its ledger. */
final class Roster {
    /** Of an executor that was given a task before it was told to be there, which two threads of Spark's tell. */
    private static final int UNTOLD_PROFILE = -1;

    private final Map<String, Member> members = new HashMap<>();

    private static final class Member {
        int profile = UNTOLD_PROFILE;
        final Set<Long> tasks = new HashSet<>();
        long idleSince;
    }

    void added(String executor, int profile, long nowMillis) {
        Member member = members.computeIfAbsent(executor, id -> new Member());
        member.profile = profile;
        member.idleSince = nowMillis;
    }

    void removed(String executor) {
        members.remove(executor);
    }

    void started(String executor, long task) {
        members.computeIfAbsent(executor, id -> new Member()).tasks.add(task);
    }

    /** Spark tells the end of some tasks twice. */
    void ended(String executor, long task, long nowMillis) {
        Member member = members.get(executor);
        if (member != null && member.tasks.remove(task) && member.tasks.isEmpty()) {
            member.idleSince = nowMillis;
        }
    }

    Set<String> of(int profile) {
        Set<String> ids = new HashSet<>();
        members.forEach((id, member) -> {
            if (member.profile == profile) {
                ids.add(id);
            }
        });
        return ids;
    }

    Map<String, Integer> runningTasks() {
        Map<String, Integer> running = new HashMap<>();
        members.forEach((id, member) -> {
            if (!member.tasks.isEmpty()) {
                running.put(id, member.tasks.size());
            }
        });
        return running;
    }

    List<IdleExecutor> idle(long nowMillis) {
        return members.entrySet().stream()
                .filter(entry -> entry.getValue().tasks.isEmpty() && entry.getValue().profile != UNTOLD_PROFILE)
                .map(entry -> new IdleExecutor(
                        entry.getKey(), entry.getValue().profile, Math.max(0, nowMillis - entry.getValue().idleSince)))
                .sorted(Comparator.comparingLong(IdleExecutor::idleMillis)
                        .reversed()
                        .thenComparing(IdleExecutor::id))
                .toList();
    }
}
