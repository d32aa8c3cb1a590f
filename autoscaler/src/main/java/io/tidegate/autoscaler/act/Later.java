package io.tidegate.autoscaler.act;

import java.time.Duration;

/** Runs work beside the caller. */
public interface Later {

    /** Runs it as soon as may be. */
    void now(Runnable work);

    /** Runs it after some time. */
    void in(Duration delay, Runnable work);
}
