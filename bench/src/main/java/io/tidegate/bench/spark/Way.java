package io.tidegate.bench.spark;

import io.tidegate.testbed.spark.SparkAppSpec;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;

/** Who says how many executors a job has. All may have the same most. */
enum Way {
    STATIC("static size") {
        @Override
        SparkAppSpec apply(SparkAppSpec spec, int most, String collector) {
            return spec.withExecutors(most);
        }
    },
    /** All as Spark has it by default: an idle executor goes after 60 s, one that holds shuffle data stays with it. */
    DYNAMIC("dynamic allocation") {
        @Override
        SparkAppSpec apply(SparkAppSpec spec, int most, String collector) {
            return spec.withDynamicAllocation(0, most);
        }
    },
    /** As tight as it can be had: shuffle data that no job needs keeps nobody for longer than idleness does. */
    DYNAMIC_TIGHT("dynamic allocation, 5 s idle") {
        @Override
        SparkAppSpec apply(SparkAppSpec spec, int most, String collector) {
            return spec.withDynamicAllocation(0, most)
                    .withConf(Map.of(
                            "spark.dynamicAllocation.executorIdleTimeout", "5s",
                            "spark.dynamicAllocation.shuffleTracking.timeout", "5s"));
        }
    },
    TIDEGATE("Tidegate") {
        @Override
        SparkAppSpec apply(SparkAppSpec spec, int most, String collector) {
            return spec.withDynamicAllocation(0, most).withPlugin(collector).withLabel(LABEL, spec.name());
        }
    };

    /** The label of driver pods that a policy selects. */
    static final String LABEL = "bench";

    private final String title;

    Way(String title) {
        this.title = title;
    }

    abstract SparkAppSpec apply(SparkAppSpec spec, int most, String collector);

    String title() {
        return title;
    }

    boolean isDynamicAllocation() {
        return this == DYNAMIC || this == DYNAMIC_TIGHT;
    }

    /** All ways, in each round beginning with another one, so that none has always the same place. */
    static List<Way> rotated(int round) {
        List<Way> ways = new ArrayList<>(List.of(values()));
        Collections.rotate(ways, -round);
        return ways;
    }
}
