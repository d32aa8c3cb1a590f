package io.tidegate.decision.model;

import java.util.Optional;

/** Renders decisions, recommendations and verdicts for a reader who has never seen this program. */
final class Sentences {
    private Sentences() {}

    static String of(Decision decision) {
        if (decision.reason() == Reason.TARGET_MISSING || decision.reason() == Reason.TARGET_UNSEEN) {
            return "Holds: " + decision.conditions().getFirst().message() + ".";
        }
        if (decision.reason() == Reason.PAUSED) {
            return "Stays at " + decision.current() + ": the policy is paused.";
        }
        return sizes(decision) + why(decision) + limit(decision);
    }

    private static String sizes(Decision decision) {
        return decision.current() == decision.desired()
                ? "Stays at " + decision.current() + ": "
                : decision.current() + " -> " + decision.desired() + ": ";
    }

    private static String why(Decision decision) {
        Optional<Recommendation> largest = largest(decision);
        return largest.map(Sentences::of)
                .orElseGet(() -> "no signal is known (" + decision.reason().phrase() + ").");
    }

    private static String limit(Decision decision) {
        if (decision.limitedBy().isEmpty()) {
            return "";
        }
        for (Verdict verdict : decision.verdicts().reversed()) {
            if (verdict.outcome() != Outcome.PASS) {
                return " " + of(verdict);
            }
        }
        return "";
    }

    private static Optional<Recommendation> largest(Decision decision) {
        Optional<Recommendation> largest = Optional.empty();
        for (Recommendation recommendation : decision.recommendations()) {
            if (largest.isEmpty() || recommendation.size() > largest.get().size()) {
                largest = Optional.of(recommendation);
            }
        }
        return largest;
    }

    static String of(Recommendation recommendation) {
        return switch (recommendation.basis()) {
            case Basis.LagPerReplica lag -> of(recommendation, lag);
            case Basis.RateForObjective rate -> of(recommendation, rate);
            case Basis.RateUnknown unknown -> of(recommendation, unknown);
        };
    }

    private static String of(Recommendation recommendation, Basis.LagPerReplica lag) {
        String waiting = (lag.complete() ? "" : "at least ") + waiting(lag.lag());
        if (!recommendation.active()) {
            return waiting + ", so no replica is needed.";
        }
        String size = waiting + "; at " + Numbers.whole(lag.threshold()) + " per replica that takes ";
        return lag.cap() == 0
                ? size + Numbers.replicas(recommendation.size()) + "."
                : size + "more replicas than the " + Numbers.whole(lag.cap()) + " partitions can use.";
    }

    private static String of(Recommendation recommendation, Basis.RateForObjective rate) {
        String load = Numbers.rate(rate.arrivalRate()) + " records/s arrive and " + waiting(rate.lag());
        if (!recommendation.active()) {
            return load + ", so no replica is needed.";
        }
        String waited = rate.lag() == 0 ? "" : " (" + Numbers.seconds(rate.waited()) + ")";
        String verb = recommendation.size() == 1 ? " keeps" : " keep";
        return load + waited + "; " + Numbers.replicas(recommendation.size()) + " at " + Numbers.rate(rate.rate())
                + " records/s" + (rate.learned() ? "" : " (configured)") + verb + " the wait within "
                + Numbers.seconds(rate.kept())
                + (rate.cap() == 0 ? "." : ", as far as " + Numbers.whole(rate.cap()) + " partitions allow.");
    }

    private static String of(Recommendation recommendation, Basis.RateUnknown unknown) {
        String load = Numbers.rate(unknown.arrivalRate()) + " records/s arrive and " + waiting(unknown.lag());
        return recommendation.active()
                ? load + "; what a replica can process is not known yet, so " + Numbers.replicas(recommendation.size())
                        + " must show it."
                : load + ", so no replica is needed.";
    }

    private static String waiting(long records) {
        return records == 0 ? "none waits" : records == 1 ? "1 waits" : Numbers.whole(records) + " wait";
    }

    static String of(Verdict verdict) {
        if (verdict.outcome() == Outcome.PASS) {
            return verdict.guard() + " has nothing to object.";
        }
        String until =
                verdict.until().map(time -> " until " + Numbers.clock(time)).orElse("");
        String detail = verdict.detail().isEmpty() ? "" : " (" + verdict.detail() + ")";
        return verdict.before() + " become " + verdict.after() + until + ": "
                + verdict.reason().phrase() + detail + ".";
    }
}
