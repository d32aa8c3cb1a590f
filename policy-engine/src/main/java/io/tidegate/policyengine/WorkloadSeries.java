package io.tidegate.policyengine;

import io.prometheus.client.Collector;
import io.tidegate.contracts.decision.DecisionRecord.Action;
import io.tidegate.contracts.id.WorkloadId;
import io.tidegate.decision.model.Input;
import io.tidegate.decision.model.LearnedRate;
import io.tidegate.policyengine.WorkloadReading.Sizes;
import io.tidegate.policyengine.WorkloadReading.Why;
import io.tidegate.policyengine.WorkloadReadings.Change;
import io.tidegate.policyengine.WorkloadReadings.Listed;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/**
 * Renders the readings of workloads when metrics are read. Meters that live between scrapes would take some 20 objects a
 * workload; readings are there anyhow.
 */
public final class WorkloadSeries extends Collector {

    /** Most numbers of one workload that are shown; 16 signals give two each on average. */
    static final int MAX_INPUTS = 32;

    private final WorkloadReadings readings;

    public WorkloadSeries(WorkloadReadings readings) {
        this.readings = readings;
    }

    @Override
    public List<MetricFamilySamples> collect() {
        Page page = new Page();
        readings.forEach(page::add);
        return page.families();
    }

    /** The families of one scrape. */
    private static final class Page {
        private final Map<WorkloadFamily, MetricFamilySamples> families = new EnumMap<>(WorkloadFamily.class);

        Page() {
            for (WorkloadFamily family : WorkloadFamily.values()) {
                families.put(family, family.empty());
            }
        }

        List<MetricFamilySamples> families() {
            return List.copyOf(families.values());
        }

        void add(WorkloadId id, Listed entry) {
            Row row = new Row(this, List.of(id.cluster(), id.namespace(), id.kind(), id.name()));
            WorkloadReading reading = entry.reading();
            row.sizes(reading);
            row.states(reading);
            row.numbers(reading);
            row.history(entry);
        }

        void put(WorkloadFamily family, List<String> labels, double value) {
            Objects.requireNonNull(families.get(family)).samples.add(family.sample(labels, value));
        }
    }

    /** The samples of one workload. */
    private record Row(Page page, List<String> workload) {

        void sizes(WorkloadReading reading) {
            Sizes sizes = reading.sizes();
            if (sizes != null) {
                put(WorkloadFamily.CURRENT, sizes.current());
                put(WorkloadFamily.DESIRED, sizes.desired());
                put(WorkloadFamily.RECOMMENDED, sizes.recommended());
                put(WorkloadFamily.MIN, sizes.min());
                put(WorkloadFamily.MAX, sizes.max());
            }
        }

        void states(WorkloadReading reading) {
            Why why = reading.why();
            put(WorkloadFamily.REASON, 1, why.code(), why.words());
            put(WorkloadFamily.MODE, 1, reading.mode());
            put(WorkloadFamily.ACTIVE, reading.active() ? 1 : 0);
            put(WorkloadFamily.STALE, reading.stale() ? 1 : 0);
            Boolean held = reading.objectiveHeld();
            if (held != null) {
                put(WorkloadFamily.OBJECTIVE_HELD, held ? 1 : 0);
            }
            String limitedBy = reading.limitedBy();
            if (limitedBy != null) {
                put(WorkloadFamily.LIMITED, 1, limitedBy);
            }
            String outcome = reading.outcome();
            if (outcome != null) {
                put(WorkloadFamily.OUTCOME, 1, outcome);
            }
        }

        void numbers(WorkloadReading reading) {
            if (!Double.isNaN(reading.objectiveSeconds())) {
                put(WorkloadFamily.OBJECTIVE, reading.objectiveSeconds());
            }
            LearnedRate rate = reading.rate();
            if (rate != null) {
                put(WorkloadFamily.LEARNED_RATE, rate.recordsPerSecondPerReplica());
                put(WorkloadFamily.LEARNED_RATE_CONFIDENCE, rate.confidence());
            }
            inputs(reading.inputs());
        }

        /** Two samples of the same labels would spoil the whole page; of two numbers, the first counts. */
        private void inputs(List<Input> inputs) {
            Set<List<String>> seen = new HashSet<>();
            for (Input input : inputs) {
                if (seen.size() < MAX_INPUTS && seen.add(List.of(input.signal(), input.quantity()))) {
                    put(WorkloadFamily.SIGNAL, input.value(), input.signal(), input.quantity());
                }
            }
        }

        void history(Listed entry) {
            for (Action action : Action.values()) {
                put(WorkloadFamily.DECISIONS, (double) entry.decisions(action), action.name());
            }
            put(WorkloadFamily.REVERSALS, (double) entry.reversals());
            Change change = entry.lastChange();
            if (change != null) {
                put(
                        WorkloadFamily.LAST_CHANGE,
                        change.at().toEpochMilli() / 1000.0,
                        change.action().name(),
                        change.why().code(),
                        change.why().words());
            }
        }

        private void put(WorkloadFamily family, double value, String... further) {
            List<String> labels = new ArrayList<>(workload);
            labels.addAll(List.of(further));
            page.put(family, labels, value);
        }
    }
}
