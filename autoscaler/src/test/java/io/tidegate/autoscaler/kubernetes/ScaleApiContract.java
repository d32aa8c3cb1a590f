package io.tidegate.autoscaler.kubernetes;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import io.tidegate.autoscaler.act.Attempt;
import io.tidegate.autoscaler.act.ScaleApi;
import io.tidegate.autoscaler.act.ScaleApi.Answer;
import io.tidegate.autoscaler.targets.ScalePath;
import org.junit.jupiter.api.Test;

/** What every scale API does, the one in memory as the real one. */
abstract class ScaleApiContract {

    private static final Attempt ATTEMPT = new Attempt("test/sales/Deployment/orders@17-1", null);

    /** The API under test. */
    abstract ScaleApi api();

    /** A workload of this size. */
    abstract ScalePath workload(int replicas);

    /** A workload that does not exist. */
    abstract ScalePath missing();

    @Test
    void readsTheSize() {
        assertEquals(new Answer.Size(3), api().read(workload(3)));
        assertEquals(new Answer.Size(0), api().read(workload(0)));
    }

    @Test
    void writesTheSizeWhenItIsAsExpected() {
        ScalePath path = workload(3);
        assertEquals(new Answer.Size(5), api().write(path, 3, 5, ATTEMPT));
        assertEquals(new Answer.Size(5), api().read(path));
    }

    @Test
    void writesFromZeroAndToZero() {
        ScalePath path = workload(0);
        assertEquals(new Answer.Size(4), api().write(path, 0, 4, ATTEMPT));
        assertEquals(new Answer.Size(0), api().write(path, 4, 0, ATTEMPT));
        assertEquals(new Answer.Size(2), api().write(path, 0, 2, ATTEMPT));
    }

    @Test
    void writesNothingWhenTheSizeIsAnother() {
        ScalePath path = workload(3);
        assertInstanceOf(Answer.Disagreed.class, api().write(path, 2, 5, ATTEMPT));
        assertInstanceOf(Answer.Disagreed.class, api().write(path, 0, 5, ATTEMPT));
        assertEquals(new Answer.Size(3), api().read(path));
    }

    @Test
    void writesNothingWhenZeroIsNotExpected() {
        ScalePath path = workload(0);
        assertInstanceOf(Answer.Disagreed.class, api().write(path, 1, 5, ATTEMPT));
        assertEquals(new Answer.Size(0), api().read(path));
    }

    @Test
    void refusesWhatIsNotThere() {
        Answer.Refused read = assertInstanceOf(Answer.Refused.class, api().read(missing()));
        assertEquals(404, read.code());
        Answer.Refused write = assertInstanceOf(Answer.Refused.class, api().write(missing(), 1, 2, ATTEMPT));
        assertEquals(404, write.code());
        assertNotEquals("", write.message());
    }

    @Test
    void refusesASizeThatIsNotOne() {
        ScalePath path = workload(3);
        Answer.Refused write = assertInstanceOf(Answer.Refused.class, api().write(path, 3, -1, ATTEMPT));
        assertEquals(422, write.code());
    }
}
