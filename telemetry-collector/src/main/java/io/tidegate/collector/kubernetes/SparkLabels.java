package io.tidegate.collector.kubernetes;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The labels that Spark puts on its pods. */
final class SparkLabels {

    private static final String ROLE = "spark-role";
    private static final String DRIVER = "driver";
    private static final String EXECUTOR = "executor";
    private static final String APP_ID = "spark-app-selector";
    private static final String INACTIVE = "spark-exec-inactive";

    private SparkLabels() {}

    static boolean isDriver(@Nullable Map<String, String> labels) {
        return labels != null && DRIVER.equals(labels.get(ROLE));
    }

    static boolean isExecutor(Map<String, String> labels) {
        return EXECUTOR.equals(labels.get(ROLE));
    }

    /** The application that a pod belongs to. */
    static @Nullable String appId(Map<String, String> labels) {
        String appId = labels.get(APP_ID);
        return appId == null || appId.isEmpty() ? null : appId;
    }

    /** The executors of an application, without those that Spark has let go and keeps for their logs. */
    static LabelQuery executors(String appId) {
        return new LabelQuery(List.of(
                new LabelQuery.In(ROLE, Set.of(EXECUTOR)),
                new LabelQuery.In(APP_ID, Set.of(appId)),
                new LabelQuery.NotIn(INACTIVE, Set.of("true"))));
    }
}
