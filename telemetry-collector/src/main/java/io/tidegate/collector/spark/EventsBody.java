package io.tidegate.collector.spark;

import io.tidegate.contracts.fact.SparkExecutors;
import io.tidegate.contracts.fact.SparkQuery;
import io.tidegate.contracts.fact.SparkStage;
import java.time.Instant;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** The shape of what {@link SnapshotReader} reads, for the description of the interface only. */
@Schema(
        name = "SparkEvents",
        description = "Snapshots of one application; each says all there is, so a lost one costs nothing but age")
record EventsBody(
        @Schema(description = "1") int version,

        @Schema(description = "When it was sent, by the sender's clock")
        Instant sentAt,

        @Schema(description = "Snapshots that the sender has dropped since its start")
        long dropped,

        @Schema(maxItems = SnapshotReader.MOST_SNAPSHOTS) List<Snapshot> snapshots) {

    @Schema(name = "SparkSnapshot")
    record Snapshot(
            @Schema(description = "When the application was like this, by the sender's clock")
            Instant at,

            @Schema(description = "As the label spark-app-selector of the driver pod says")
            String appId,

            boolean dynamic,
            int slots,
            @Nullable Long upMillis,
            SparkExecutors executors,
            int activeJobs,
            @Nullable Long idleMillis,
            List<SparkStage> stages,
            int omittedStages,
            List<SparkQuery> queries) {}
}
