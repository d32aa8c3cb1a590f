package io.tidegate.spark;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class TroublesTest {
    private final Troubles troubles = new Troubles();

    @Test
    void countFaultsAndKeepThem() {
        for (int i = 0; i < 3; i++) {
            troubles.guard("work", () -> {
                throw new IllegalStateException("canary");
            });
        }
        troubles.guard("link", () -> {
            throw new NoSuchMethodError("canary");
        });
        troubles.guard("scala", TroublesTest::undeclared);
        assertEquals(5, troubles.faults());
        assertEquals(
                Optional.of(
                        "link failed with NoSuchMethodError; scala failed with IOException; work failed with IllegalStateException"),
                troubles.told());
    }

    /** As Scala does, whose methods declare nothing. */
    private static void undeclared() {
        TroublesTest.<RuntimeException>throwing(new IOException("canary"));
    }

    @SuppressWarnings("unchecked")
    private static <E extends Throwable> void throwing(Throwable fault) throws E {
        throw (E) fault;
    }

    @Test
    void endWhenTheyAreOver() {
        troubles.stands("b", "second");
        troubles.stands("a", "first");
        assertEquals(Optional.of("first; second"), troubles.told());
        troubles.set("a", Optional.empty());
        assertEquals(Optional.of("second"), troubles.told());
        troubles.isOver("b");
        assertEquals(Optional.empty(), troubles.told());
    }
}
