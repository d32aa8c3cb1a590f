package io.tidegate.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tidegate.testbed.audit.AuditFollower;
import io.tidegate.testbed.audit.ScaleWrite;
import io.tidegate.testbed.controlplane.ControlPlane;
import io.tidegate.testbed.services.TidegateServices;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The autoscaler's accepted writes as the API server's audit log has them, and the order that they must keep. */
final class WriteOrder implements AutoCloseable {

    private static final Pattern AUDIT_ID = Pattern.compile("[0-9a-f]{8}-([0-9]+)-(fallback-)?[0-9]+");

    private final AuditFollower follower;
    private final List<ScaleWrite> writes = new ArrayList<>();

    WriteOrder(ControlPlane controlPlane) {
        follower = AuditFollower.follow(controlPlane.auditLog().orElseThrow(), this::add);
    }

    private synchronized void add(ScaleWrite write) {
        if (write.accepted() && write.user().contains(":" + TidegateServices.NAMESPACE + ":")) {
            writes.add(write);
        }
    }

    /** No write of a sequence comes after one of a higher sequence, and no decision is written twice. */
    synchronized void verify() {
        assertFalse(writes.isEmpty(), "the audit log has no write of the autoscaler");
        Map<String, Long> newest = new HashMap<>();
        Map<String, ScaleWrite> byDecision = new HashMap<>();
        List<String> violations = new ArrayList<>();
        for (ScaleWrite write : writes) {
            String target = write.namespace() + "/" + write.name();
            long sequence = sequence(write);
            if (sequence < newest.getOrDefault(target, 0L)) {
                violations.add("after sequence " + newest.get(target) + ": " + write);
            }
            newest.put(target, sequence);
            ScaleWrite before = byDecision.put(decision(write), write);
            if (before != null) {
                violations.add("written twice: " + before + " and " + write);
            }
        }
        assertEquals(List.of(), violations);
    }

    /** Number of accepted writes. */
    synchronized int count() {
        return writes.size();
    }

    private static long sequence(ScaleWrite write) {
        Matcher matcher = AUDIT_ID.matcher(write.auditId());
        assertTrue(matcher.matches(), () -> "not an audit id of ours: " + write);
        return Long.parseLong(matcher.group(1));
    }

    private static String decision(ScaleWrite write) {
        return write.auditId().substring(0, write.auditId().lastIndexOf('-'));
    }

    @Override
    public void close() {
        follower.close();
    }
}
