package io.tidegate.policyengine.decide;

import io.tidegate.contracts.id.WorkloadId;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.zip.CRC32C;

/** Ids of decisions and targets: the same on replay, and short enough for a header. */
public final class Ids {

    private Ids() {}

    /** Id of a decision, such as {@code 3f2a9c01-1767323045678}: a hash of the workload, then the sequence. */
    public static String decision(WorkloadId workload, long sequence) {
        return hash(workload.toString()) + "-" + sequence;
    }

    /** Id of the event that tells a target. */
    public static String target(String key, long sequence) {
        return "target-" + hash(key) + "-" + sequence;
    }

    /** Id of a heartbeat. */
    public static String heartbeat(int partition, long logTime) {
        return "heartbeat-" + partition + "-" + logTime;
    }

    private static String hash(String text) {
        CRC32C crc = new CRC32C();
        crc.update(text.getBytes(StandardCharsets.UTF_8));
        return HexFormat.of().toHexDigits((int) crc.getValue());
    }
}
