package io.tidegate.it.differential;

import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Where the twins of one pair settled in one step.
 *
 * @param step number of the step and of the pair
 * @param spec the rules of both
 * @param pods what the pods were, oldest first
 * @param from size before
 * @param expected size by the plain restatement of the rules; empty where it never settles
 * @param hpa size by the HorizontalPodAutoscaler; empty when it did not settle in time
 * @param tidegate size by Tidegate; empty when it did not settle in time
 * @param hpaReason reasons of the HorizontalPodAutoscaler's conditions
 * @param tidegateReason reason and sentence of the policy's status
 */
record StepResult(
        String step,
        TwinSpec spec,
        List<PodPlay> pods,
        int from,
        Optional<Integer> expected,
        Optional<Integer> hpa,
        Optional<Integer> tidegate,
        String hpaReason,
        String tidegateReason) {

    static final String HEADER = row("step", "from", "rules", "hpa", "tide", "pods", "spec", "why");

    boolean equal() {
        return hpa.isPresent() && hpa.equals(tidegate) && hpa.equals(expected);
    }

    @Override
    public String toString() {
        return row(
                step,
                String.valueOf(from),
                text(expected),
                text(hpa),
                text(tidegate) + (equal() ? "" : " !"),
                pods.stream().map(PodPlay::toString).collect(Collectors.joining(" ")),
                spec.toString(),
                hpaReason + " | " + tidegateReason);
    }

    private static String text(Optional<Integer> size) {
        return size.map(String::valueOf).orElse("?");
    }

    private static String row(
            String step, String from, String rules, String hpa, String tide, String pods, String spec, String why) {
        return "%-6s %4s %5s %4s %6s  %-34s %-78s %s".formatted(step, from, rules, hpa, tide, pods, spec, why);
    }
}
