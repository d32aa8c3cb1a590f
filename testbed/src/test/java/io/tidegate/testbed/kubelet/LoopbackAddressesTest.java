package io.tidegate.testbed.kubelet;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

class LoopbackAddressesTest {
    private final LoopbackAddresses addresses = new LoopbackAddresses();

    @Test
    void givesEachOnceUntilAllAreTaken() {
        Set<String> given = new HashSet<>();
        for (int i = 0; i < 65_534; i++) {
            given.add(addresses.take());
        }
        assertEquals(65_534, given.size());
        assertThrows(IllegalStateException.class, addresses::take);
        addresses.giveBack("127.77.200.3");
        assertEquals("127.77.200.3", addresses.take());
    }

    @Test
    void doesNotGiveOneAgainAtOnce() {
        assertEquals("127.77.0.1", addresses.take());
        addresses.giveBack("127.77.0.1");
        assertEquals("127.77.0.2", addresses.take());
    }
}
