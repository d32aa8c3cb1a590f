package io.tidegate.autoscaler.kubernetes;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import io.tidegate.autoscaler.act.Attempt;
import io.tidegate.autoscaler.act.DriverApi;
import io.tidegate.autoscaler.act.DriverApi.Answer;
import io.tidegate.autoscaler.targets.DriverPath;
import io.tidegate.contracts.spark.DesiredExecutors;
import io.tidegate.contracts.wire.AnnotationCodec;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What every driver API does, the one in memory as the real one. */
abstract class DriverApiContract {

    private static final Attempt ATTEMPT = new Attempt("d17-1", null);
    static final DesiredExecutors TEN = new DesiredExecutors(17, "d17", 2, 10, false);
    private static final DesiredExecutors FOUR = new DesiredExecutors(18, "d18", 4, 4, true);

    /** The API under test. */
    abstract DriverApi api();

    /** A driver that runs, without annotations. */
    abstract DriverPath driver();

    /** Ends a driver's run. */
    abstract void finish(DriverPath driver);

    /** Starts a driver again under the same name; returns the other one. */
    abstract DriverPath startAgain(DriverPath driver);

    /** Sets the annotation, as another writer would. */
    abstract void annotate(DriverPath driver, @Nullable String text);

    @Test
    void writesAndReadsTheAnnotation() {
        DriverPath driver = driver();
        Answer.Present before = read(driver);
        assertNull(before.annotation());

        assertInstanceOf(Answer.Present.class, api().write(driver, before, TEN, ATTEMPT));

        Answer.Present ten = read(driver);
        assertEquals(AnnotationCodec.text(TEN), ten.annotation());
        assertInstanceOf(Answer.Present.class, api().write(driver, ten, FOUR, ATTEMPT));
        assertEquals(AnnotationCodec.text(FOUR), read(driver).annotation());
    }

    @Test
    void writesNothingWhenTheAnnotationIsAnother() {
        DriverPath driver = driver();
        Answer.Present before = read(driver);
        annotate(driver, AnnotationCodec.text(TEN));
        assertInstanceOf(Answer.Disagreed.class, api().write(driver, before, FOUR, ATTEMPT));
        Answer.Present ten = read(driver);
        annotate(driver, "{not json");
        assertInstanceOf(Answer.Disagreed.class, api().write(driver, ten, FOUR, ATTEMPT));
        assertEquals("{not json", read(driver).annotation());
    }

    @Test
    void writesNothingWhenTheAnnotationIsGone() {
        DriverPath driver = driver();
        annotate(driver, AnnotationCodec.text(TEN));
        Answer.Present ten = read(driver);
        annotate(driver, null);
        assertInstanceOf(Answer.Disagreed.class, api().write(driver, ten, FOUR, ATTEMPT));
        assertNull(read(driver).annotation());
    }

    @Test
    void writesNothingToADriverThatWasStartedAgain() {
        DriverPath driver = driver();
        Answer.Present before = read(driver);
        DriverPath other = startAgain(driver);

        assertInstanceOf(Answer.Disagreed.class, api().write(driver, before, TEN, ATTEMPT));
        assertInstanceOf(Answer.Gone.class, api().read(driver));
        assertNull(read(other).annotation());
    }

    @Test
    void saysThatADriverIsGoneOrHasFinished() {
        DriverPath driver = driver();
        finish(driver);
        Answer.Gone finished = assertInstanceOf(Answer.Gone.class, api().read(driver));
        assertNotEquals("", finished.message());
        DriverPath missing = new DriverPath(driver.namespace(), "nothing", "7d0d1c5e");
        assertInstanceOf(Answer.Gone.class, api().read(missing));
        assertInstanceOf(Answer.Gone.class, api().write(missing, new Answer.Present(null, false), TEN, ATTEMPT));
    }

    final Answer.Present read(DriverPath driver) {
        return assertInstanceOf(Answer.Present.class, api().read(driver));
    }
}
