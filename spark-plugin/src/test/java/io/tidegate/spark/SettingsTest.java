package io.tidegate.spark;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import org.apache.spark.SparkConf;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SettingsTest {
    private final SparkConf conf = new SparkConf(false);

    @Test
    void needNothing() {
        Settings settings = Settings.of(conf);
        assertTrue(Settings.enabled(conf));
        assertEquals(Optional.empty(), settings.collector());
        assertEquals(Optional.empty(), settings.driverPod());
        assertEquals(Duration.ofMinutes(3), settings.silence());
        assertEquals(2, settings.configuredExecutors());
        assertEquals(1, settings.slots());
    }

    @Test
    void readWhatSparkIsConfiguredWith() {
        conf.set("spark.dynamicAllocation.enabled", "true")
                .set("spark.dynamicAllocation.maxExecutors", "40")
                .set("spark.executor.cores", "5")
                .set("spark.task.cpus", "2")
                .set("spark.kubernetes.driver.pod.name", "driver")
                .set("spark.tidegate.silence", "30s")
                .set("spark.tidegate.collector.url", "https://collector.tidegate:8443");
        Settings settings = Settings.of(conf);
        assertTrue(settings.dynamic());
        assertEquals(40, settings.configuredExecutors());
        assertEquals(2, settings.slots());
        assertEquals(Optional.of("driver"), settings.driverPod());
        assertEquals(Duration.ofSeconds(30), settings.silence());
        assertEquals(Optional.of(URI.create("https://collector.tidegate:8443")), settings.collector());
    }

    @ParameterizedTest
    @ValueSource(strings = {"collector", "ftp://collector", "http:///path", "::"})
    void refuseAnAddressThatIsNone(String url) {
        conf.set("spark.tidegate.collector.url", url);
        assertThrows(IllegalArgumentException.class, () -> Settings.of(conf));
    }

    @Test
    void refuseAPatienceThatIsShorterThanWhatIsUsual() {
        conf.set("spark.tidegate.silence", "19s");
        assertThrows(IllegalArgumentException.class, () -> Settings.of(conf));
    }

    @ParameterizedTest
    @CsvSource({
        "3.4.4,false",
        "3.5.6,true",
        "4.0.0,true",
        "4.1.1,true",
        "4.1.1-amzn-0,true",
        "4.2.0,false",
        "4.10.0,false",
        "4,false",
        "'',false"
    })
    void knowWhichSparkIsSupported(String version, boolean supported) {
        assertEquals(supported, SupportedSpark.includes(version));
    }
}
