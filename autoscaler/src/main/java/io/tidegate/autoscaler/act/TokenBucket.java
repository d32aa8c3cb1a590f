package io.tidegate.autoscaler.act;

import java.time.Duration;

/** A rate limit that allows bursts. Not safe for use by several threads. */
public final class TokenBucket {

    private final double perNano;
    private final double burst;
    private double tokens;
    private long at;

    /**
     * @param perSecond tokens that come back each second, more than 0
     * @param burst tokens that may be taken at once, at least 1
     */
    public TokenBucket(double perSecond, double burst, long now) {
        this.perNano = perSecond / Duration.ofSeconds(1).toNanos();
        this.burst = burst;
        this.tokens = burst;
        this.at = now;
    }

    /** Time until a token is there; zero if one is. */
    public Duration untilNext(long now) {
        refill(now);
        return tokens >= 1 ? Duration.ZERO : Duration.ofNanos((long) StrictMath.ceil((1 - tokens) / perNano));
    }

    /** Takes a token, whether or not one is there. */
    public void take(long now) {
        refill(now);
        tokens -= 1;
    }

    /** Whether it has all its tokens, so that a new one would do as well. */
    boolean full(long now) {
        refill(now);
        return tokens >= burst;
    }

    private void refill(long now) {
        if (now > at) {
            tokens = Math.min(burst, tokens + (now - at) * perNano);
            at = now;
        }
    }
}
