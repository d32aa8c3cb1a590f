package io.tidegate.dashboards.grafana;

/** Units as Grafana names them. */
public enum Unit {
    COUNT("short"),
    RATIO("percentunit"),
    SECONDS("s"),
    BYTES("bytes"),
    BYTES_PER_SECOND("binBps"),
    PER_SECOND("ops"),
    RECORDS("suffix:records"),
    RECORDS_PER_SECOND("suffix:records/s"),
    REPLICAS("suffix:replicas"),
    REPLICA_HOURS("suffix:replica-hours"),
    EXECUTORS("suffix:executors"),
    TASKS("suffix:tasks"),
    ROWS("suffix:rows"),
    YES_NO("bool_yes_no"),
    TIME("dateTimeFromNow");

    private final String id;

    Unit(String id) {
        this.id = id;
    }

    /** Grafana's id. */
    String id() {
        return id;
    }
}
