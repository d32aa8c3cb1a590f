package io.tidegate.testbed.demo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.tidegate.testbed.process.TestbedException;
import java.io.IOException;
import java.io.StringReader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DemoLoadTest {

    private static final double RATE = 200;

    @Test
    void committedLoadIsWhatTheHelpSays() {
        DemoLoad load = DemoLoad.committed(RATE);
        assertEquals(180, load.seconds());
        assertEquals(0, load.arrivedBy(40));
        assertEquals(40 * 3.5 * RATE, load.arrivedBy(80), 1e-6);
        assertEquals((40 * 3.5 + 10 * 8 + 30 * 1.2) * RATE, load.arrivedBy(180), 1e-6);
    }

    @Test
    void traceIsPlayedARowASecondAndScaledToItsPeak() throws IOException {
        DemoLoad load = parse("timestamp|value\n100|5\n101|10\n101|10\n102|0\n");
        assertEquals(3, load.seconds());
        assertEquals(DemoLoad.TRACE_PEAK * RATE * 0.25, load.arrivedBy(1), 1e-6);
        assertEquals(DemoLoad.TRACE_PEAK * RATE * 1.25, load.arrivedBy(3), 1e-6);
    }

    @Test
    void canBeCutShort() {
        DemoLoad load = DemoLoad.committed(RATE).endingAfter(50);
        assertEquals(50, load.seconds());
        assertEquals(10 * 3.5 * RATE, load.arrivedBy(1000), 1e-6);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "'';is empty",
                "'a,b\n1,2,3';line 2: two columns are expected",
                "'a,b\n1,x';line 2: this is not a number: 'x'",
                "'a,b\n1,NaN';line 2: a number from 0 is expected",
                "'a,b\n1,1e999';line 2: a number from 0 is expected",
                "'a,b\n1,5\n2,-1';line 3: a number from 0 is expected",
                "'a,b\n1,0';holds nothing that arrives",
                "'seconds,replicas\n1.5,1';line 2: a phase lasts whole seconds",
                "'seconds,replicas\n999999999,1';line 2: a phase lasts whole seconds",
                "'seconds,replicas\n1,1000';line 2: at most 50.0 replicas' worth"
            })
    void refusesBrokenFilesByLine(String text, String expected) {
        TestbedException refusal = assertThrows(TestbedException.class, () -> parse(text));
        assertEquals(true, String.valueOf(refusal.getMessage()).contains(expected), refusal.getMessage());
    }

    @Test
    void refusesALineThatNeverEnds() {
        assertThrows(TestbedException.class, () -> parse("a,b\n1," + "1".repeat(100_000)));
    }

    private static DemoLoad parse(String text) throws IOException {
        return DemoLoad.parse(new StringReader(text), "test", RATE);
    }
}
