package io.tidegate.dashboards.boards;

import io.tidegate.dashboards.grafana.Board;
import java.util.List;

/** All dashboards. */
public final class Boards {

    /** Dashboard of all workloads. */
    public static final String FLEET = "tidegate-fleet";
    /** Dashboard of one workload. */
    public static final String WORKLOAD = "tidegate-workload";
    /** Dashboard of Spark applications. */
    public static final String SPARK = "tidegate-spark";
    /** Dashboard of our own parts. */
    public static final String PIPELINE = "tidegate-pipeline";

    private Boards() {}

    /** In the order in which a person goes from the whole to the parts. */
    public static List<Board> all() {
        return List.of(
                FleetBoard.board(),
                WorkloadBoard.board(),
                ConsumersBoard.board(),
                SparkBoard.board(),
                QualityBoard.board(),
                PipelineBoard.board(),
                TopicsBoard.board(),
                ServicesBoard.board());
    }
}
