package io.tidegate.autoscaler.act;

import io.tidegate.autoscaler.act.DriverApi.Answer;
import io.tidegate.contracts.spark.DesiredExecutors;
import io.tidegate.contracts.wire.AnnotationCodec;
import io.tidegate.contracts.wire.UnreadableRecordException;
import org.jspecify.annotations.Nullable;

/**
 * A driver pod's annotation as it was read.
 *
 * @param read what was read
 * @param document its meaning; null if there is none, or if it makes no sense, as only another's can
 */
record Annotated(Answer.Present read, @Nullable DesiredExecutors document) {

    /** Stands for the size of a driver that was told nothing. */
    private static final int NOTHING = -1;

    /** Stands for the size of a driver whose annotation makes no sense. */
    private static final int NONSENSE = -2;

    static Annotated of(Answer.Present read) {
        String text = read.annotation();
        try {
            return new Annotated(read, text == null ? null : AnnotationCodec.desired(text));
        } catch (UnreadableRecordException e) {
            return new Annotated(read, null);
        }
    }

    /** The cap, or a number that is none, by which one that another wrote can be told from ours. */
    int mark() {
        if (document != null) {
            return document.cap();
        }
        return read.annotation() == null ? NOTHING : NONSENSE;
    }

    /** Whether it is this very desired state. */
    boolean is(DesiredExecutors desired) {
        return desired.equals(document);
    }

    /** Whether it says the same as a desired state, be it by an older decision. */
    boolean saysTheSameAs(DesiredExecutors desired) {
        return document != null
                && document.floor() == desired.floor()
                && document.cap() == desired.cap()
                && document.allowStageRetry() == desired.allowStageRetry();
    }
}
