package io.tidegate.decision.model;

/** Renders what rests on a Spark application's state. */
final class SparkSentences {
    private SparkSentences() {}

    static String of(int size, Basis.SparkJobs jobs) {
        String load = Numbers.whole(jobs.pending())
                + (jobs.pending() == 1 ? " task waits and " : " tasks wait and ")
                + Numbers.whole(jobs.running())
                + (jobs.running() == 1 ? " runs" : " run")
                + (jobs.taskTime().isZero() ? "; " : ", at " + Numbers.seconds(jobs.taskTime()) + " each; ");
        String executors = Numbers.executors(size);
        String end = Numbers.seconds(jobs.end());
        return load
                + switch (jobs.plan()) {
                    case LEARNING -> "how long they take is not known yet, so " + executors + " must show it.";
                    case ENOUGH ->
                        "with " + executors + " all that is known is over in " + end + ", and another takes "
                                + Numbers.seconds(jobs.start()) + " to start.";
                    case KNEE ->
                        "with " + executors + " all that is known is over in " + end
                                + ", and more would not end it sooner by enough.";
                    case OBJECTIVE ->
                        "with " + executors + " all that is known or expected is over in " + end + ", of " + left(jobs)
                                + " that are left.";
                    case RAMP ->
                        "with up to " + executors
                                + ", which Spark asks for in its own time, all that is known or expected is"
                                + " over in " + end + ", of " + left(jobs) + " that are left.";
                    case HOPELESS ->
                        executors + " are all that is of use, and it takes " + end + ", but " + left(jobs)
                                + " are left.";
                    case TAIL ->
                        "of " + Numbers.executors(jobs.executors()) + " it needs " + Numbers.whole(size)
                                + ", and others start in " + Numbers.seconds(jobs.start()) + ".";
                    case KEPT ->
                        executors + (size == 1 ? " stays" : " stay")
                                + ", though not all have work, since more may come sooner than others start ("
                                + Numbers.seconds(jobs.start()) + ").";
                    case NEXT_STAGE ->
                        executors + " are for the stages that follow, and take " + Numbers.seconds(jobs.start())
                                + " to start.";
                };
    }

    private static String left(Basis.SparkJobs jobs) {
        return jobs.left().map(Numbers::seconds).orElse("0 s");
    }

    static String of(int size, Basis.SparkNextRun next) {
        String executors = Numbers.executors(size);
        String load = "The last run's tasks took " + Numbers.seconds(next.work()) + " in all; ";
        String end = Numbers.seconds(next.end());
        return switch (next.plan()) {
            case OBJECTIVE ->
                load + "with " + executors + " the next is expected to be over in " + end + ", of "
                        + Numbers.seconds(next.left().orElse(next.end())) + " that it may take.";
            case HOPELESS ->
                load + executors + " are all that is of use, and the next is expected to take " + end
                        + ", but may take " + Numbers.seconds(next.left().orElse(next.end())) + ".";
            case KNEE ->
                load + "with " + executors + " the next is expected to be over in " + end
                        + ", and more would not end it sooner by enough.";
            case LEARNING, ENOUGH, RAMP, TAIL, KEPT, NEXT_STAGE ->
                "No run has been seen to its end yet, so the next begins as its template says.";
        };
    }

    static String of(int size, Basis.SparkIdle idle) {
        if (size == 0 && idle.kept()) {
            return "No job is active, so no executor is needed.";
        }
        return idle.kept()
                ? "No job is active, and " + Numbers.executors(size) + (size == 1 ? " stays" : " stay")
                        + " for as long as another takes to start (" + Numbers.seconds(idle.hold()) + ")."
                : "No job has been active for " + Numbers.seconds(idle.hold()) + ", so no executor is needed.";
    }

    static String of(Recommendation recommendation, Basis.SparkBatches batches) {
        String load = Numbers.rate(batches.inputRate()) + " rows/s arrive"
                + (batches.backlog() == 0 ? "" : " and " + Numbers.whole(batches.backlog()) + " wait");
        if (!recommendation.active()) {
            return load + ", and no batch has run for long, so no executor is needed.";
        }
        String shown = batches.rate() > 0
                ? "; a slot processes " + Numbers.rate(batches.rate()) + " rows/s, and the last batch took "
                : ", and the last batch, which did not show what a slot can process, took ";
        return load + shown + Numbers.seconds(batches.batch())
                + batches.allowed()
                        .map(allowed -> " of " + Numbers.seconds(allowed) + " that it may take")
                        .orElse("")
                + "; that takes " + Numbers.executors(batches.needed()) + " of " + batches.slots()
                + (batches.slots() == 1 ? " slot" : " slots")
                + (batches.needed() == batches.most() ? ", as many as the partitions can use" : "")
                + (recommendation.size() == batches.needed()
                        ? "."
                        : ", and " + Numbers.executors(recommendation.size()) + " until more batches have shown it.");
    }
}
