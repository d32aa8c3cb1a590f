package io.tidegate.collector.world;

import io.tidegate.contracts.fact.PolicyFact;
import java.time.Instant;
import java.util.Comparator;

/**
 * Which of several policies comes first: the older, by creation time, then by name.
 *
 * @param createdAt when the policy was created
 * @param policy its name
 */
public record Seniority(Instant createdAt, String policy) implements Comparable<Seniority> {

    private static final Comparator<Seniority> ORDER =
            Comparator.comparing(Seniority::createdAt).thenComparing(Seniority::policy);

    static Seniority of(PolicyFact policy) {
        return new Seniority(policy.createdAt(), policy.policy().name());
    }

    @Override
    public int compareTo(Seniority other) {
        return ORDER.compare(this, other);
    }
}
