package io.tidegate.spark.scale;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Optional;
import org.junit.jupiter.api.Test;

class AnswerTest {
    private static final Answer.Counts COUNTS = new Answer.Counts(44, 10, 8, 2);

    @Test
    void answersWhatWasTaken() {
        Answer answer = new Answer("0.1.0", Optional.of(new DesiredState(123, 2, 10, false)), true, 4, COUNTS, null);
        assertEquals(
                "{\"version\":1,\"plugin\":\"0.1.0\",\"sequence\":123,\"floor\":2,\"cap\":10,\"dynamic\":true,"
                        + "\"slots\":4,\"wanted\":44,\"granted\":10,\"running\":8,\"draining\":2,\"problem\":null}",
                answer.toJson());
    }

    @Test
    void leavesBoundsOutBeforeTheFirst() {
        Answer answer = new Answer("0.1.0", Optional.empty(), false, 1, COUNTS, "says \"why\"");
        assertEquals(
                "{\"version\":1,\"plugin\":\"0.1.0\",\"dynamic\":false,\"slots\":1,\"wanted\":44,\"granted\":10,"
                        + "\"running\":8,\"draining\":2,\"problem\":\"says \\\"why\\\"\"}",
                answer.toJson());
    }

    @Test
    void cutsALongProblem() {
        Answer answer = new Answer("0.1.0", Optional.empty(), false, 1, COUNTS, "x".repeat(10_000));
        assertTrue(answer.toJson().length() < 1024);
    }
}
