package io.tidegate.bench.startup;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;
import java.util.Map;

/**
 * What the bench measured.
 *
 * @param configurationHash SHA-256 of the services' default configuration and JVM options
 * @param workloads number of workloads that were there
 * @param starts how often each service was started in each way
 * @param idleSeconds from the last start until memory was read
 * @param loadBefore what else the machine did, as /proc/loadavg says it, at the start of the bench
 * @param loadAfter the same at its end, with the load of the bench itself
 * @param services figures by service
 */
record StartupReport(
        @JsonProperty("configuration_hash") String configurationHash,
        int workloads,
        int starts,
        @JsonProperty("idle_seconds") int idleSeconds,
        @JsonProperty("load_before") String loadBefore,
        @JsonProperty("load_after") String loadAfter,
        Map<String, Service> services) {

    /** Of one service, started in turn without and with its AOT cache. */
    record Service(
            @JsonProperty("without_aot_cache") Figures withoutAotCache,
            @JsonProperty("with_aot_cache") Figures withAotCache) {}

    /**
     * Of one service in one way.
     *
     * @param live from the start of its process to the first time that it says it lives
     * @param ready the same until it says that it is ready
     * @param residentMebibytes resident memory after idling; pages of the AOT cache's file are among it
     */
    record Figures(
            @JsonProperty("live_ms") Times live,
            @JsonProperty("ready_ms") Times ready,
            @JsonProperty("resident_mib") double residentMebibytes) {}

    /**
     * Times of starts, in milliseconds.
     *
     * @param all in the order of the starts
     */
    record Times(long median, long slowest, List<Long> all) {

        static Times of(List<Long> all) {
            List<Long> sorted = all.stream().sorted().toList();
            return new Times(sorted.get((sorted.size() - 1) / 2), sorted.getLast(), List.copyOf(all));
        }
    }
}
