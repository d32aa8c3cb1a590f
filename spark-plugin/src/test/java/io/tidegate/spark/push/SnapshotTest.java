package io.tidegate.spark.push;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.json.JsonMapper;
import io.tidegate.spark.ledger.JobsView;
import io.tidegate.spark.ledger.QueryView;
import io.tidegate.spark.ledger.StageView;
import java.io.IOException;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SnapshotTest {
    private static final Snapshot.Executors EXECUTORS = new Snapshot.Executors(44, 10, 8, 7, 0, OptionalLong.of(6_400));

    private static Snapshot snapshot(List<StageView> stages, List<QueryView> queries) {
        return new Snapshot(
                Instant.parse("2026-11-22T10:00:00Z"),
                "spark-1",
                true,
                4,
                61_000,
                EXECUTORS,
                new JobsView(1, 0, stages, 0),
                queries);
    }

    private static StageView active(List<Integer> parents) {
        return new StageView(
                3,
                0,
                1,
                true,
                new StageView.Tasks(200, 16, 40, 0),
                Optional.of(new StageView.Times(52_000, 1_200, 3_100, 4_000)),
                OptionalLong.of(900),
                OptionalLong.of(12_000),
                parents);
    }

    @Test
    void tellsAllThatIsKnown() throws IOException {
        QueryView query = new QueryView(
                "clicks",
                17,
                12_000,
                new QueryView.Times(4_100, OptionalLong.of(3_800), OptionalLong.of(10_000)),
                new QueryView.Work(12, 9_100, 3),
                300,
                OptionalDouble.of(1_200),
                new QueryView.Source(OptionalLong.of(0), OptionalLong.of(12)),
                OptionalLong.of(8),
                true);
        String expected = """
                {"at":"2026-11-22T10:00:00Z","appId":"spark-1","dynamic":true,"slots":4,"upMillis":61000,
                 "executors":{"wanted":44,"granted":10,"running":8,"busy":7,"draining":0,"lastStartMillis":6400},
                 "activeJobs":1,"idleMillis":0,
                 "stages":[{"id":3,"attempt":0,"job":1,"state":"Active","tasks":200,"running":16,"done":40,"failed":0,
                            "sumMillis":52000,"p50Millis":1200,"p95Millis":3100,"maxMillis":4000,
                            "oldestRunningMillis":900,"submittedMillis":12000,"parents":[1,2],"shuffleRead":true}],
                 "omittedStages":0,
                 "queries":[{"name":"clicks","batch":17,"rows":12000,"batchMillis":4100,"addBatchMillis":3800,
                             "triggerMillis":10000,"taskMillis":9100,"tasks":12,"sinceEndMillis":300,
                             "inputRate":1200.0,"backlog":0,"partitions":12,"shufflePartitions":8,"stateful":true,
                             "executors":3}]}""";
        JsonMapper mapper = new JsonMapper();
        assertEquals(
                mapper.readTree(expected).toPrettyString(),
                mapper.readTree(snapshot(List.of(active(List.of(1, 2))), List.of(query))
                                .toJson())
                        .toPrettyString());
    }

    @Test
    void leavesOutWhatIsUnknown() throws IOException {
        StageView waiting = new StageView(
                4,
                0,
                1,
                false,
                new StageView.Tasks(8, 0, 0, 0),
                Optional.empty(),
                OptionalLong.empty(),
                OptionalLong.empty(),
                List.of());
        String json = new JsonMapper()
                .readTree(snapshot(List.of(waiting), List.of()).toJson())
                .get("stages")
                .toString();
        assertEquals(
                "[{\"id\":4,\"attempt\":0,\"job\":1,\"state\":\"Waiting\",\"tasks\":8,\"running\":0,\"done\":0,"
                        + "\"failed\":0,\"parents\":[],\"shuffleRead\":false}]",
                json);
    }

    @Test
    void fitsIntoABodyAtItsLargest() {
        List<Integer> parents = IntStream.range(0, 500).boxed().toList();
        byte[] json = snapshot(Collections.nCopies(Snapshot.MAX_STAGES, active(parents)), List.of())
                .toJson();
        assertTrue(json.length < 100_000, () -> json.length + " bytes");
    }
}
