package io.tidegate.decision;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.tidegate.decision.model.Condition;
import io.tidegate.decision.model.Decision;
import io.tidegate.decision.model.Input;
import io.tidegate.decision.model.Recommendation;
import io.tidegate.decision.model.Verdict;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/** Compares all of a decision with a file; {@code -Dgolden.write=true} writes the file instead. */
final class Golden {
    private Golden() {}

    static void assertMatches(String test, String name, Step step) {
        Path file = Path.of("src", "test", "resources", test, name + ".txt");
        String actual = render(step);
        try {
            if (Boolean.getBoolean("golden.write")) {
                Files.createDirectories(file.getParent());
                Files.writeString(file, actual);
            }
            assertEquals(Files.readString(file), actual, name);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String render(Step step) {
        Decision decision = step.decision();
        StringBuilder text = new StringBuilder();
        line(text, decision.sentence());
        line(text, "");
        line(
                text,
                "action          " + decision.action() + " " + decision.current() + " -> " + decision.desired()
                        + ", recommended " + decision.recommended());
        line(text, "reason          " + decision.reason().code());
        line(text, "active          " + decision.active());
        line(text, "limited by      " + decision.limitedBy().orElse("-"));
        line(
                text,
                "next change     "
                        + decision.nextPossibleChange().map(Golden::offset).orElse("-"));
        line(text, "due             " + offset(step.nextDue()));
        line(
                text,
                "learned rate    "
                        + decision.learnedRate()
                                .map(rate -> rate.recordsPerSecondPerReplica() + " records/s, confidence "
                                        + Math.round(rate.confidence() * 100) + " %, samples " + rate.samples())
                                .orElse("-"));
        line(
                text,
                "objective held  "
                        + decision.objectiveHeld().map(String::valueOf).orElse("-"));
        for (Input input : decision.inputs()) {
            line(
                    text,
                    "input           " + input.signal() + " " + input.quantity() + " " + input.value() + " "
                            + input.unit() + ", " + input.age().toMillis() + " ms old");
        }
        for (Recommendation recommendation : decision.recommendations()) {
            line(
                    text,
                    "recommendation  " + recommendation.recommender() + " " + recommendation.signal() + " "
                            + recommendation.size() + (recommendation.active() ? " active" : " inactive")
                            + (recommendation.ratio().isPresent()
                                    ? " ratio " + recommendation.ratio().getAsDouble()
                                    : "")
                            + ": " + recommendation.sentence());
        }
        for (Verdict verdict : decision.verdicts()) {
            line(
                    text,
                    "verdict         " + verdict.guard() + " " + verdict.outcome() + " " + verdict.before() + " -> "
                            + verdict.after() + " " + verdict.reasonCode()
                            + verdict.until()
                                    .map(until -> " until " + offset(until))
                                    .orElse("")
                            + ": " + verdict.sentence());
        }
        for (Condition condition : decision.conditions()) {
            line(
                    text,
                    "condition       " + condition.type() + " " + condition.status() + " " + condition.reason() + ": "
                            + condition.message());
        }
        return text.toString();
    }

    private static String offset(java.time.Instant instant) {
        return Duration.between(Facts.START, instant).toMillis() + " ms";
    }

    private static void line(StringBuilder text, String line) {
        text.append(line).append('\n');
    }
}
