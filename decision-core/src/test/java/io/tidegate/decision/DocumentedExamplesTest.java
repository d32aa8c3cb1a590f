package io.tidegate.decision;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tidegate.decision.formula.Formula;
import io.tidegate.decision.schedule.Cron;
import io.tidegate.decision.schedule.ScheduleException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** What docs/policy.md shows to users can be read. */
class DocumentedExamplesTest {
    private static final Path PAGE = Path.of("..", "docs", "policy.md");
    private static final Pattern FORMULA =
            Pattern.compile("^formula: (?:\"([^\"]+)\"|([^#]+?))(?: #.*)?$", Pattern.MULTILINE);
    private static final Pattern CRON = Pattern.compile("(?:start|end): \"([^\"]+)\"");

    @Test
    void formulasCanBeRead() throws IOException {
        List<MatchResult> found =
                FORMULA.matcher(Files.readString(PAGE)).results().toList();
        assertTrue(found.size() >= 4, "only " + found.size());
        for (MatchResult one : found) {
            String text = one.group(1) == null ? one.group(2) : one.group(1);
            Formula formula = Formula.parse(text, List.of("lag", "cpu", "cpu-load", "night"));
            assertEquals(text, formula.toString());
        }
    }

    @Test
    void cronExpressionsCanBeRead() throws IOException {
        List<MatchResult> found = CRON.matcher(Files.readString(PAGE)).results().toList();
        assertTrue(found.size() >= 6, "only " + found.size());
        for (MatchResult one : found) {
            try {
                assertEquals(one.group(1), Cron.parse(one.group(1)).toString());
            } catch (ScheduleException e) {
                throw new AssertionError(one.group(1), e);
            }
        }
    }
}
