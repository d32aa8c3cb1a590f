package io.tidegate.testbed.kubelet;

import java.util.BitSet;

/** One loopback address per pod, out of 127.77.0.0/16; Linux answers to all of 127.0.0.0/8. */
final class LoopbackAddresses {
    private static final int FIRST = 1;
    private static final int LAST = 65_534;

    private final BitSet taken = new BitSet();
    private int next = FIRST;

    /** The next address in turn, so that one is not used again soon. */
    synchronized String take() {
        for (int tried = FIRST; tried <= LAST; tried++) {
            int candidate = next;
            next = next == LAST ? FIRST : next + 1;
            if (!taken.get(candidate)) {
                taken.set(candidate);
                return "127.77." + (candidate >> 8) + "." + (candidate & 0xff);
            }
        }
        throw new IllegalStateException("all " + LAST + " addresses are in use");
    }

    synchronized void giveBack(String address) {
        String[] parts = address.split("\\.", -1);
        taken.clear((Integer.parseInt(parts[2]) << 8) + Integer.parseInt(parts[3]));
    }
}
