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
        return ruling(decision).map(Sentences::of).orElse("what is needed is not known.");
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

    /** The recommendation that the size rests on: the formula's, or else the largest. */
    private static Optional<Recommendation> ruling(Decision decision) {
        Optional<Recommendation> largest = Optional.empty();
        for (Recommendation recommendation : decision.recommendations()) {
            if (recommendation.basis() instanceof Basis.Combined) {
                return Optional.of(recommendation);
            }
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
            case Basis.Usage usage -> of(recommendation, usage);
            case Basis.ValueAgainstTarget value -> of(recommendation, value);
            case Basis.Scheduled scheduled -> of(recommendation, scheduled);
            case Basis.Combined combined -> of(recommendation, combined);
            case Basis.SparkJobs jobs -> SparkSentences.of(recommendation.size(), jobs);
            case Basis.SparkIdle idle -> SparkSentences.of(recommendation.size(), idle);
            case Basis.SparkBatches batches -> SparkSentences.of(recommendation, batches);
            case Basis.SparkNextRun next -> SparkSentences.of(recommendation.size(), next);
            case Basis.SparkUnseen ignored ->
                "No batch has shown yet what a slot can process, so " + Numbers.executors(recommendation.size())
                        + " must show it.";
            case Basis.NothingRuns ignored -> "No replica runs, so none is asked for by what they use.";
        };
    }

    private static String of(Recommendation recommendation, Basis.LagPerReplica lag) {
        String waiting = (lag.complete() ? "" : "at least ")
                + Numbers.records(lag.lag())
                + verb(lag.lag())
                + (lag.standing() == 0
                        ? ""
                        : ", besides " + Numbers.whole(lag.standing()) + " where commits stand still");
        if (!recommendation.active()) {
            return waiting + idle(lag.lag());
        }
        long needed = Math.ceilDiv(lag.lag(), lag.threshold());
        String size = waiting + "; at " + Numbers.whole(lag.threshold()) + " per replica that takes "
                + Numbers.replicas(Math.max(1, needed));
        return size
                + switch (lag.bound()) {
                    case NONE -> ".";
                    case PARTITIONS ->
                        ", but " + Numbers.partitions(lag.cap()) + " cannot use more than " + lag.cap() + ".";
                    case PARTITIONS_WITH_LAG -> ", but they wait in " + Numbers.partitions(lag.cap()) + " only.";
                    case EVEN_SHARES ->
                        ", and " + Numbers.partitions(lag.cap()) + " are shared evenly by " + recommendation.size()
                                + ".";
                };
    }

    private static String of(Recommendation recommendation, Basis.RateForObjective rate) {
        String load = Numbers.rate(rate.arrivalRate()) + " records/s arrive and " + waiting(rate.lag());
        if (!recommendation.active()) {
            return load + idle(rate.lag());
        }
        String waited = rate.lag() == 0 ? "" : " (" + Numbers.seconds(rate.waited()) + ")";
        String verb = recommendation.size() == 1 ? " keeps" : " keep";
        return load + waited + "; " + Numbers.replicas(recommendation.size()) + " at " + Numbers.rate(rate.rate())
                + " records/s" + (rate.learned() ? "" : " (configured)") + verb + " the wait within "
                + Numbers.seconds(rate.kept())
                + (rate.cap() == 0 ? "." : ", as far as " + Numbers.partitions(rate.cap()) + " can share the work.");
    }

    private static String of(Recommendation recommendation, Basis.RateUnknown unknown) {
        String load = Numbers.rate(unknown.arrivalRate()) + " records/s arrive and " + waiting(unknown.lag());
        return recommendation.active()
                ? load + "; what a replica can process is not known yet, so " + Numbers.replicas(recommendation.size())
                        + " must show it."
                : load + idle(unknown.lag());
    }

    private static String of(Recommendation recommendation, Basis.Usage usage) {
        Basis.Pods pods = usage.pods();
        String measured = usage.what() + " is at " + Numbers.amount(usage.measured(), usage.unit()) + " over "
                + Numbers.pods(pods.counted()) + others(pods) + ", for a target of "
                + Numbers.amount(usage.target(), usage.unit());
        if (recommendation.size() == 0) {
            return measured + ", which holds no replica.";
        }
        return measured
                + (usage.kept() ? ", which is no reason to leave " : "; that takes ")
                + Numbers.replicas(recommendation.size())
                + ".";
    }

    private static String of(Recommendation recommendation, Basis.ValueAgainstTarget value) {
        String given = "The query gives " + Numbers.decimal(value.milli());
        if (!recommendation.active()) {
            return given + ", which is not enough to be active.";
        }
        String target = Numbers.decimal(value.target());
        String replicas = Numbers.replicas(recommendation.size()) + ".";
        if (value.average()) {
            return given + "; at " + target + " per replica that " + (value.kept() ? "is right for " : "takes ")
                    + replicas;
        }
        return given + ", for a target of " + target
                + (value.kept() ? ", which is no reason to leave " : "; that takes ") + replicas;
    }

    private static String of(Recommendation recommendation, Basis.Scheduled scheduled) {
        String schedule = "The schedule '" + recommendation.signal() + "' asks for ";
        return scheduled.open()
                ? schedule + Numbers.replicas(recommendation.size()) + " until " + Numbers.date(scheduled.changesAt())
                        + "."
                : schedule + "none before " + Numbers.date(scheduled.changesAt()) + ".";
    }

    private static String of(Recommendation recommendation, Basis.Combined combined) {
        StringBuilder operands = new StringBuilder();
        for (Basis.Operand operand : combined.operands()) {
            operands.append(operands.isEmpty() ? ", with " : ", ").append(operand.signal());
            if (operand.size().isPresent()) {
                operands.append(" at ").append(operand.size().getAsInt());
            } else {
                operands.append(" unknown");
            }
        }
        return "The formula " + combined.formula() + " gives " + Numbers.replicas(recommendation.size()) + operands
                + ".";
    }

    private static String others(Basis.Pods pods) {
        return (pods.missing() == 0 ? "" : ", " + Numbers.pods(pods.missing()) + " without a metric")
                + (pods.unready() == 0 ? "" : ", " + Numbers.pods(pods.unready()) + " still starting");
    }

    private static String idle(long records) {
        return records == 0 ? ", so no replica is needed." : ", which is not enough to be active.";
    }

    private static String waiting(long records) {
        return records == 0 ? "none waits" : Numbers.whole(records) + verb(records);
    }

    private static String verb(long count) {
        return count == 1 ? " waits" : " wait";
    }

    static String of(Verdict verdict) {
        String phrase = verdict.reason().phrase();
        String detail = verdict.detail().isEmpty() ? "" : " (" + verdict.detail() + ")";
        String until =
                verdict.until().map(time -> " until " + Numbers.clock(time)).orElse("");
        if (verdict.outcome() == Outcome.PASS) {
            return "Nothing to object.";
        }
        if (verdict.reason() == Reason.FORMULA_UNKNOWN) {
            return "The size stays, since " + phrase + detail + ".";
        }
        if (verdict.reason() == Reason.FALLBACK) {
            return "The fallback size is " + verdict.after() + ": " + phrase + detail + ".";
        }
        if (verdict.reason().missingData()) {
            return "Nothing shrinks while " + phrase + detail + ".";
        }
        if (verdict.outcome() == Outcome.CAP) {
            return verdict.after() + " instead of " + verdict.before() + until + ": " + phrase + detail + ".";
        }
        String move = verdict.before() < verdict.after() ? "It does not drop to " : "It does not rise to ";
        return move + verdict.before() + until + ": " + phrase + detail + ".";
    }
}
