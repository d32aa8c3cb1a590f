package io.tidegate.testbed.kubelet;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MountsTest {
    private static final Mounts MOUNTS = new Mounts(Map.of(
            "/data", Path.of("/run/a"),
            "/data/inner", Path.of("/run/b"),
            "/dev/termination-log", Path.of("/run/$c")));

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "/data | /run/a",
                "/data/x/y | /run/a/x/y",
                "/data/inner/x | /run/b/x",
                "key=/data/x | key=/run/a/x",
                "/data:/data/inner,/data | /run/a:/run/b,/run/a",
                "/dev/termination-log | /run/$c",
                "/database | /database",
                "/other/data | /other/data",
                "of /data | of /data",
                "-Dx=y | -Dx=y"
            })
    void findsMountPathsThatStandAlone(String text, String expected) {
        assertEquals(expected, MOUNTS.rewrite(text));
    }

    @ParameterizedTest
    @CsvSource("/data")
    void leavesAllAsItIsWithoutMounts(String text) {
        assertEquals(text, Mounts.NONE.rewrite(text));
    }
}
