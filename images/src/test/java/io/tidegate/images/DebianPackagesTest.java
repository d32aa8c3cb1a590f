package io.tidegate.images;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tidegate.testbed.process.TestbedException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class DebianPackagesTest {

    @Test
    void whereThereIsNoAptAnotherBaseIsNamed() {
        TestbedException failure = assertThrows(TestbedException.class, () -> DebianPackages.find("/nonexistent:"));
        assertEquals(
                "There is no apt-get here, by which images from scratch get their C library: name an image that has glibc as"
                        + " their base instead, as by --from debian:stable-slim.",
                failure.getMessage());
    }

    @Test
    void filesAreReadFromWhatAptSays() {
        assertEquals(
                List.of("zlib1g_1%3a1.2.13.dfsg-1_amd64.deb"),
                DebianPackages.fileNames("'http://mirror/pool/main/z/zlib/zlib1g_1.2.13.dfsg-1_amd64.deb'"
                        + " zlib1g_1%3a1.2.13.dfsg-1_amd64.deb 86664 SHA256:d7dd1d1411fedf27f5e27650a6eff20e\n"));
        assertEquals(List.of(), DebianPackages.fileNames("\n"));
    }

    @Test
    void fieldsAreReadFromTheControlFile() {
        String control =
                "Package: libc6\nVersion: 2.36-9\nDescription: GNU C Library\n Contains the Version: standard\n";
        assertEquals("2.36-9", DebianPackages.field(control, "Version"));
        assertThrows(TestbedException.class, () -> DebianPackages.field(control, "Architecture"));
    }

    @Test
    void librariesAndTimeZonesAreTakenWithoutWhatTheJvmNeverLoads() {
        assertTrue(CRuntime.isLibrary(Path.of("lib/x86_64-linux-gnu/libc.so.6")));
        assertTrue(CRuntime.isLibrary(Path.of("lib64/ld-linux-x86-64.so.2")));
        assertTrue(CRuntime.isLibrary(Path.of("usr/lib/x86_64-linux-gnu/libstdc++.so.6")));
        assertFalse(CRuntime.isLibrary(Path.of("usr/lib/x86_64-linux-gnu/gconv/BIG5.so")));
        assertFalse(CRuntime.isLibrary(Path.of("usr/share/doc/libc6/copyright")));
        assertTrue(CRuntime.isTimeZone(Path.of("usr/share/zoneinfo/Europe/Berlin")));
        assertFalse(CRuntime.isTimeZone(Path.of("usr/share/zoneinfo/right/Europe/Berlin")));
    }
}
