package io.tidegate.collector.kubernetes;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.tidegate.contracts.fact.Reading.PodReading;
import io.tidegate.contracts.fact.WorkloadFact.PodCounts;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class PodIndexTest {

    private static final LabelQuery ORDERS = LabelQuery.parse("app=orders");
    private static final long SECOND = 1_000_000_000L;

    private static final PodDetail DETAIL =
            new PodDetail(PodReading.Phase.Running, false, true, null, null, PodDetail.Requests.NONE, List.of());

    private final PodIndex index = new PodIndex();

    @Test
    void countsThePodsOfASelectorInItsNamespaceOnly() {
        put("a", "1", "orders", PodState.READY, 0);
        put("b", "2", "orders", PodState.PENDING, 0);
        put("c", "3", "clicks", PodState.READY, 0);
        index.put(
                new PodIndex.Digest("other", "a", "4", Map.of("app", "orders"), PodState.READY, DETAIL, null),
                false,
                0);
        assertEquals(new PodCounts(0, 0, 1, 0, 1), index.count("sales", ORDERS));
        assertEquals(
                List.of(new PodIndex.Pod("a", DETAIL), new PodIndex.Pod("b", DETAIL)), index.pods("sales", ORDERS));
        index.remove("sales", "a");
        assertEquals(new PodCounts(0, 0, 0, 0, 1), index.count("sales", ORDERS));
    }

    @Test
    void measuresAStartFromSeenCreatedToSeenReady() {
        put("a", "1", "orders", PodState.PENDING, 10 * SECOND);
        assertEquals(Optional.empty(), index.lastStart("sales", ORDERS));
        put("a", "1", "orders", PodState.READY, 13 * SECOND);
        put("a", "1", "orders", PodState.PENDING, 20 * SECOND);
        put("a", "1", "orders", PodState.READY, 30 * SECOND);
        assertEquals(Optional.of(Duration.ofSeconds(3)), index.lastStart("sales", ORDERS));
    }

    @Test
    void takesTheStartOfThePodThatBecameReadyLast() {
        put("a", "1", "orders", PodState.PENDING, 0);
        put("b", "2", "orders", PodState.PENDING, 5 * SECOND);
        put("a", "1", "orders", PodState.READY, 8 * SECOND);
        put("b", "2", "orders", PodState.READY, 9 * SECOND);
        assertEquals(Optional.of(Duration.ofSeconds(4)), index.lastStart("sales", ORDERS));
    }

    @Test
    void knowsNoStartOfAPodThatWasThereBefore() {
        index.put(digest("a", "1", "orders", PodState.PENDING), true, 0);
        put("a", "1", "orders", PodState.READY, 5 * SECOND);
        assertEquals(Optional.empty(), index.lastStart("sales", ORDERS));
    }

    @Test
    void startsAnewForAPodThatTookTheNameOfAnother() {
        put("a", "1", "orders", PodState.READY, 0);
        put("a", "2", "orders", PodState.PENDING, 5 * SECOND);
        put("a", "2", "orders", PodState.READY, 7 * SECOND);
        assertEquals(Optional.of(Duration.ofSeconds(2)), index.lastStart("sales", ORDERS));
    }

    @Test
    void tellsWhetherAnythingChanged() {
        Map<String, String> orders = Map.of("app", "orders");
        assertEquals(Optional.of(orders), index.put(digest("a", "1", "orders", PodState.READY), false, 0));
        assertEquals(Optional.empty(), index.put(digest("a", "1", "orders", PodState.READY), false, 1));
        assertEquals(Optional.of(orders), index.put(digest("a", "1", "clicks", PodState.READY), false, 2));
        assertEquals(Optional.of(Map.of("app", "clicks")), index.remove("sales", "a"));
        assertEquals(Optional.empty(), index.remove("sales", "a"));
    }

    private void put(String name, String uid, String app, PodState state, long now) {
        index.put(digest(name, uid, app, state), false, now);
    }

    private static PodIndex.Digest digest(String name, String uid, String app, PodState state) {
        return new PodIndex.Digest("sales", name, uid, Map.of("app", app), state, DETAIL, null);
    }
}
