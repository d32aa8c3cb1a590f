package io.tidegate.spark.ledger;

/**
 * Run times of tasks in 112 buckets, four to a doubling, so that each quantile is at most 19 % too high. From 1 ms to 3
 * days; what is longer is in the last bucket. Takes 500 bytes however many tasks there are.
 */
final class TaskTimes {
    private static final int PER_DOUBLING = 4;
    private static final int BUCKETS = 28 * PER_DOUBLING;

    private final int[] counts = new int[BUCKETS];
    private int count;
    private long sum;
    private long max;

    void add(long millis) {
        long time = Math.max(0, millis);
        counts[bucket(time)]++;
        count++;
        sum += time;
        max = Math.max(max, time);
    }

    boolean isEmpty() {
        return count == 0;
    }

    long sum() {
        return sum;
    }

    long max() {
        return max;
    }

    /** The time that this share of the tasks did not exceed; 0 while there are none. */
    long quantile(double share) {
        int rank = (int) Math.ceil(share * count);
        int seen = 0;
        for (int i = 0; i < BUCKETS; i++) {
            seen += counts[i];
            if (seen >= rank && seen > 0) {
                return Math.min(max, upperBound(i));
            }
        }
        return max;
    }

    private static int bucket(long millis) {
        int index = 0;
        while (index < BUCKETS - 1 && millis > upperBound(index)) {
            index++;
        }
        return index;
    }

    private static long upperBound(int bucket) {
        return Math.round(Math.pow(2, (double) bucket / PER_DOUBLING));
    }
}
