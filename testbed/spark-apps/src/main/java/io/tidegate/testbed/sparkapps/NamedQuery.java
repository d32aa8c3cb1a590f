package io.tidegate.testbed.sparkapps;

import org.apache.spark.sql.SparkSession;

/**
 * A query that is run again and again, in a group of jobs of some name and description, after another that fails.
 *
 * <p>Arguments: {@code group}, {@code description}, {@code sql}, {@code failing} (another query), {@code times} (8), {@code pauseMillis} between the runs
 * (0). Result: {@code rows=R}, those of all runs together.
 */
public final class NamedQuery {
    private NamedQuery() {}

    public static void main(String[] args) {
        Arguments arguments = new Arguments(args);
        SparkSession spark = SparkSession.builder().getOrCreate();
        try {
            spark.sparkContext().setJobGroup(arguments.text("group"), arguments.text("description"), false);
            fail(spark, arguments.text("failing"));
            long rows = 0;
            for (int run = 0; run < arguments.number("times", 8); run++) {
                rows += spark.sql(arguments.text("sql")).collectAsList().size();
                Busy.forMillis(arguments.number("pauseMillis", 0));
            }
            Outcome.write("rows=" + rows);
        } finally {
            spark.stop();
        }
    }

    /** What a query fails with need not be unchecked, although no method declares it. */
    private static void fail(SparkSession spark, String query) {
        try {
            spark.sql(query).collectAsList();
        } catch (Exception e) {
            System.out.println("FAILED " + e.getMessage());
            return;
        }
        throw new IllegalStateException("did not fail");
    }
}
