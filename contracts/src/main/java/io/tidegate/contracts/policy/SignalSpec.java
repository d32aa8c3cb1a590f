package io.tidegate.contracts.policy;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * One thing that is watched. Exactly one kind is given; kinds this version doesn't know are absent here.
 *
 * @param name unique within the policy
 * @param kafka the lag of a consumer group
 */
public record SignalSpec(String name, @Nullable KafkaSignal kafka) {
    public SignalSpec {
        Objects.requireNonNull(name, "signals[].name");
    }
}
