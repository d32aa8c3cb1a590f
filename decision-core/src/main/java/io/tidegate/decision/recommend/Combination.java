package io.tidegate.decision.recommend;

import io.tidegate.decision.formula.Formula;
import io.tidegate.decision.formula.FormulaResult;
import io.tidegate.decision.model.Basis;
import io.tidegate.decision.model.Recommendation;
import io.tidegate.decision.policy.Policy;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.function.ToIntFunction;

/**
 * What the recommendations of all signals come to: the largest of them, or what the policy's formula makes of them.
 *
 * @param size the size to ask for; the current one if {@code gap} is present
 * @param active whether there is work, or it is not known whether there is
 * @param formula what the formula recommends, if there is one and it gives a size
 * @param gap why the formula gives no size, if so
 */
public record Combination(int size, boolean active, Optional<Recommendation> formula, Optional<String> gap) {
    /**
     * Combines what the signals of a policy ask for.
     *
     * @param recommendations one for each signal that is known
     * @param current the size that is kept if the formula gives none
     */
    public static Combination of(Policy policy, List<Recommendation> recommendations, int current) {
        if (policy.formula().isEmpty()) {
            // While a signal is unknown, so is whether there is work: the workload does not count as idle.
            boolean active = recommendations.size() < policy.signals().size();
            for (Recommendation recommendation : recommendations) {
                active |= recommendation.active();
            }
            return new Combination(
                    largest(recommendations, Recommendation::size), active, Optional.empty(), Optional.empty());
        }
        Formula formula = policy.formula().get();
        return switch (formula.evaluate(name -> sizeOf(name, recommendations, Recommendation::size))) {
            case FormulaResult.Size size -> {
                boolean active = size.replicas() > 0;
                Recommendation made = new Recommendation(
                        "formula",
                        "formula",
                        size.replicas(),
                        active,
                        OptionalDouble.empty(),
                        new Basis.Combined(formula.toString(), operands(formula, recommendations)));
                yield new Combination(size.replicas(), active, Optional.of(made), Optional.empty());
            }
            case FormulaResult.Missing missing ->
                gap(
                        current,
                        missing.signals().isEmpty()
                                ? "it asks for nil"
                                : "unknown: " + String.join(", ", missing.signals()));
            case FormulaResult.Fault fault -> gap(current, fault.why());
        };
    }

    private static Combination gap(int current, String why) {
        return new Combination(current, true, Optional.empty(), Optional.of(why));
    }

    /** What it would come to if each signal asked for {@code size}; empty if the formula gives none. */
    public static OptionalInt with(
            Policy policy, List<Recommendation> recommendations, ToIntFunction<Recommendation> size) {
        if (policy.formula().isEmpty()) {
            return OptionalInt.of(largest(recommendations, size));
        }
        return policy.formula().get().evaluate(name -> sizeOf(name, recommendations, size))
                        instanceof FormulaResult.Size result
                ? OptionalInt.of(result.replicas())
                : OptionalInt.empty();
    }

    private static int largest(List<Recommendation> recommendations, ToIntFunction<Recommendation> size) {
        int largest = 0;
        for (Recommendation recommendation : recommendations) {
            largest = Math.max(largest, size.applyAsInt(recommendation));
        }
        return largest;
    }

    /** What a signal asks for; empty while that is unknown. */
    private static OptionalInt sizeOf(
            String signal, List<Recommendation> recommendations, ToIntFunction<Recommendation> size) {
        for (Recommendation recommendation : recommendations) {
            if (recommendation.signal().equals(signal)) {
                return OptionalInt.of(size.applyAsInt(recommendation));
            }
        }
        return OptionalInt.empty();
    }

    private static List<Basis.Operand> operands(Formula formula, List<Recommendation> recommendations) {
        List<Basis.Operand> operands = new ArrayList<>(formula.signals().size());
        for (String signal : formula.signals()) {
            operands.add(new Basis.Operand(signal, sizeOf(signal, recommendations, Recommendation::size)));
        }
        return operands;
    }
}
