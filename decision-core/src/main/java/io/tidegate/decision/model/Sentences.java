package io.tidegate.decision.model;

/** Renders decisions, recommendations and verdicts for a reader who has never seen this program. */
final class Sentences {
    private Sentences() {}

    static String of(Decision decision) {
        String sizes = decision.current() == decision.desired()
                ? "Stays at " + decision.current()
                : decision.current() + " -> " + decision.desired();
        return sizes + ": " + decision.reason().code() + ".";
    }

    static String of(Recommendation recommendation) {
        return recommendation.recommender() + " asks for " + recommendation.size() + ".";
    }

    static String of(Verdict verdict) {
        return verdict.guard() + ": " + verdict.reasonCode() + ".";
    }
}
