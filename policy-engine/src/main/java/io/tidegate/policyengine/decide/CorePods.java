package io.tidegate.policyengine.decide;

import io.tidegate.contracts.fact.Reading;
import io.tidegate.decision.model.ContainerReading;
import io.tidegate.decision.model.PodPhase;
import io.tidegate.decision.model.PodReading;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** Pods as decision-core takes them. */
public final class CorePods {

    private CorePods() {}

    /** All pods of a workload; what is absent stays unknown. */
    public static io.tidegate.decision.model.Reading.Pods of(Reading.Pods pods) {
        return new io.tidegate.decision.model.Reading.Pods(
                pods.pods().stream().map(CorePods::pod).toList());
    }

    private static PodReading pod(Reading.PodReading pod) {
        return new PodReading(
                pod.name(),
                phase(pod.phase()),
                pod.deleted(),
                ready(pod),
                Optional.ofNullable(pod.readyChangedAt()),
                Optional.ofNullable(pod.startedAt()),
                Optional.ofNullable(pod.sampledAt()),
                amount(pod.windowMillis()),
                amount(pod.cpuRequestMilli()),
                amount(pod.memoryRequestBytes()),
                pod.containers().stream().map(CorePods::container).toList());
    }

    /** A condition whose status is neither true nor false is there, and says not False. */
    private static Optional<Boolean> ready(Reading.PodReading pod) {
        Boolean ready = pod.ready();
        return ready == null && pod.readyChangedAt() != null ? Optional.of(true) : Optional.ofNullable(ready);
    }

    private static PodPhase phase(Reading.PodReading.Phase phase) {
        return switch (phase) {
            case Pending -> PodPhase.PENDING;
            case Running -> PodPhase.RUNNING;
            case Succeeded -> PodPhase.SUCCEEDED;
            case Failed -> PodPhase.FAILED;
            case Unknown -> PodPhase.UNKNOWN;
        };
    }

    private static ContainerReading container(Reading.ContainerReading container) {
        return new ContainerReading(
                container.name(),
                amount(container.cpuRequestMilli()),
                amount(container.memoryRequestBytes()),
                amount(container.cpuUsageMilli()),
                amount(container.memoryUsageBytes()));
    }

    private static OptionalLong amount(@Nullable Long amount) {
        return amount == null ? OptionalLong.empty() : OptionalLong.of(amount);
    }
}
