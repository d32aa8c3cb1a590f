package io.tidegate.collector.kubernetes;

import io.tidegate.collector.kubernetes.PodIndex.Digest;
import io.tidegate.collector.world.SparkTarget;
import io.tidegate.contracts.id.WorkloadId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Finds out which driver is which application's at the moment. A driver belongs to the first policy that speaks of it; of several that
 * belong to one, the oldest that is not finished rules.
 */
final class SparkDrivers {

    private static final Comparator<Digest> AGE =
            Comparator.comparing(SparkDrivers::createdAt).thenComparing(Digest::name);

    private SparkDrivers() {}

    /**
     * The drivers of one application.
     *
     * @param ruling the one that counts; absent if there is none
     * @param others names of the others, the oldest first
     * @param senior the policy that has drivers of which this one speaks too; absent if none has
     */
    record Match(
            @Nullable Digest ruling,
            List<String> others,
            @Nullable String senior) {
        static final Match NONE = new Match(null, List.of(), null);
    }

    /**
     * Matches the drivers and the targets of one namespace.
     *
     * @return a match for each target
     */
    static Map<WorkloadId, Match> match(Collection<Digest> drivers, Collection<SparkTarget> targets) {
        List<SparkTarget> bySeniority = targets.stream()
                .sorted(Comparator.comparing(SparkTarget::seniority))
                .toList();
        Map<WorkloadId, List<Digest>> owned = new HashMap<>();
        Map<WorkloadId, String> seniors = new HashMap<>();
        drivers.stream().filter(driver -> !driver.isFinished()).sorted(AGE).forEach(driver -> {
            @Nullable String owner = null;
            for (SparkTarget target : bySeniority) {
                if (!matches(target, driver)) {
                    continue;
                }
                if (owner == null) {
                    owner = target.seniority().policy();
                    owned.computeIfAbsent(target.workload(), first -> new ArrayList<>())
                            .add(driver);
                } else {
                    seniors.put(target.workload(), owner);
                }
            }
        });
        Map<WorkloadId, Match> matches = new HashMap<>();
        for (SparkTarget target : targets) {
            List<Digest> own = owned.getOrDefault(target.workload(), List.of());
            matches.put(
                    target.workload(),
                    new Match(
                            own.isEmpty() ? null : own.getFirst(),
                            own.stream().skip(1).map(Digest::name).toList(),
                            seniors.get(target.workload())));
        }
        return matches;
    }

    private static boolean matches(SparkTarget target, Digest driver) {
        return !target.labels().isEmpty()
                && driver.labels().entrySet().containsAll(target.labels().entrySet());
    }

    private static Instant createdAt(Digest driver) {
        return Objects.requireNonNull(driver.driver(), "not a driver").createdAt();
    }
}
