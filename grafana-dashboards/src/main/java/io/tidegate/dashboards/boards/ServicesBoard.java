package io.tidegate.dashboards.boards;

import io.tidegate.dashboards.grafana.Board;
import io.tidegate.dashboards.grafana.Board.Row;
import io.tidegate.dashboards.grafana.Column;
import io.tidegate.dashboards.grafana.Panel;
import io.tidegate.dashboards.grafana.Query;
import io.tidegate.dashboards.grafana.Unit;
import io.tidegate.dashboards.grafana.Variable;
import java.util.List;

/** The processes: what they use, their JVM, and the requests that they answer. */
final class ServicesBoard {

    private static final String OURS = "{instance=~\"$instance\"}";

    private ServicesBoard() {}

    static Board board() {
        return new Board(
                "tidegate-services",
                "Services and JVM",
                "The processes of the three services: which versions run, what they use of CPU and memory, their"
                        + " garbage collection and threads, and the requests that they answer.",
                List.of(
                        Variable.of("component", "Component", "tidegate_build_info", "component"),
                        Variable.of(
                                "instance", "Instance", "tidegate_build_info{component=~\"$component\"}", "instance")),
                List.of(),
                List.of(now(), use(), jvm(), requests()));
    }

    private static Row now() {
        return Row.of(
                "Now",
                Panel.table(
                                "Versions",
                                "What runs where.",
                                new Query(
                                        "max by (component, version, instance) (tidegate_build_info"
                                                + "{component=~\"$component\",instance=~\"$instance\"})",
                                        "{{component}}"),
                                Column.of("component", "Component", 190),
                                Column.of("version", "Version", 190),
                                Column.rest("instance", "Instance"))
                        .width(12),
                Panel.lines(
                                "Uptime",
                                "Time since each process was started. A fall is a restart.",
                                Unit.SECONDS,
                                new Query("process_uptime_seconds" + OURS, "{{instance}}"))
                        .width(12));
    }

    private static Row use() {
        return Row.of(
                "Use",
                Panel.lines(
                        "CPU",
                        "Share of the machine's CPU that the process uses.",
                        Unit.RATIO,
                        new Query("process_cpu_usage" + OURS, "{{instance}}")),
                Panel.lines(
                        "Heap",
                        "Heap that is used, beside the most that it may become.",
                        Unit.BYTES,
                        new Query(
                                "sum by (instance) (jvm_memory_used_bytes{instance=~\"$instance\",area=\"heap\"})",
                                "{{instance}} used"),
                        new Query(
                                "sum by (instance) (jvm_memory_max_bytes{instance=~\"$instance\",area=\"heap\"} > 0)",
                                "{{instance}} max")),
                Panel.lines(
                        "Memory beside the heap",
                        "Memory of classes, compiled code and the like, and of direct buffers.",
                        Unit.BYTES,
                        new Query(
                                "sum by (instance) (jvm_memory_used_bytes{instance=~\"$instance\",area=\"nonheap\"})",
                                "{{instance}} non-heap"),
                        new Query(
                                "sum by (instance) (jvm_buffer_memory_used_bytes" + OURS + ")",
                                "{{instance}} buffers")),
                Panel.lines(
                        "Open files",
                        "Files and connections that are open.",
                        Unit.COUNT,
                        new Query("process_files_open_files" + OURS, "{{instance}}")));
    }

    private static Row jvm() {
        return Row.of(
                "JVM",
                Panel.lines(
                        "Share of time in garbage collection",
                        "Time of pauses as a share of all time.",
                        Unit.RATIO,
                        new Query(
                                "sum by (instance) (rate(jvm_gc_pause_seconds_sum" + OURS + "[$__rate_interval]))",
                                "{{instance}}")),
                Panel.lines(
                        "Allocation",
                        "Bytes that are allocated in a second.",
                        Unit.BYTES_PER_SECOND,
                        new Query(
                                "sum by (instance) (rate(jvm_gc_memory_allocated_bytes_total" + OURS
                                        + "[$__rate_interval]))",
                                "{{instance}}")),
                Panel.lines(
                        "Threads",
                        "Live platform threads.",
                        Unit.COUNT,
                        new Query("jvm_threads_live_threads" + OURS, "{{instance}}")),
                Panel.lines(
                        "Classes",
                        "Classes that are loaded. A rise without end is a leak.",
                        Unit.COUNT,
                        new Query("jvm_classes_loaded_classes" + OURS, "{{instance}}")));
    }

    private static Row requests() {
        return Row.of(
                "Requests",
                Panel.lines(
                        "Rate",
                        "Requests that are answered in a second, by path.",
                        Unit.PER_SECOND,
                        new Query(
                                "sum by (uri) (rate(http_server_requests_seconds_count" + OURS + "[$__rate_interval]))",
                                "{{uri}}")),
                Panel.lines(
                        "Errors",
                        "Share of requests that are answered with a server error.",
                        Unit.RATIO,
                        new Query(
                                "(sum(rate(http_server_requests_seconds_count{instance=~\"$instance\",status=~\"5..\"}[$__rate_interval]))"
                                        + " or vector(0)) / sum(rate(http_server_requests_seconds_count"
                                        + OURS + "[$__rate_interval]))",
                                "errors")),
                Panel.lines(
                        "Duration",
                        "Time that a request takes, on average, by path.",
                        Unit.SECONDS,
                        new Query(
                                "sum by (uri) (rate(http_server_requests_seconds_sum" + OURS + "[$__rate_interval]))"
                                        + " / (sum by (uri) (rate(http_server_requests_seconds_count" + OURS
                                        + "[$__rate_interval])) > 0)",
                                "{{uri}}")));
    }
}
