package io.tidegate.bench.latency;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class DistributionTest {

    @Test
    void takesTheNearestRank() {
        List<Double> oneToTwoHundred =
                IntStream.rangeClosed(1, 200).mapToObj(i -> (double) i).toList();
        assertEquals(
                new Distribution(
                        100,
                        180,
                        198,
                        200,
                        200,
                        List.of(
                                List.of(199, 200.0),
                                List.of(198, 199.0),
                                List.of(197, 198.0),
                                List.of(196, 197.0),
                                List.of(195, 196.0))),
                Distribution.of(oneToTwoHundred));
    }

    @Test
    void isZeroWithoutSamples() {
        assertEquals(new Distribution(0, 0, 0, 0, 0, List.of()), Distribution.of(List.of()));
    }
}
