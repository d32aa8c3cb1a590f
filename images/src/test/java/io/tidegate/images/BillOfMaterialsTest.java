package io.tidegate.images;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.tidegate.images.BillOfMaterials.Artifact;
import io.tidegate.testbed.process.TestbedException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BillOfMaterialsTest {

    private static final DebianPackage LIBRARY =
            new DebianPackage(Path.of("zlib.deb"), "zlib1g", "1:1.2.13.dfsg-1", "amd64", "");

    @TempDir
    private Path folder = Path.of("");

    @Test
    void artifactsAreKnownByTheirFiles() {
        Artifact netty = Artifact.parse("io.netty:netty-transport-native-epoll:linux-x86_64:jar:4.1.130.Final")
                .orElseThrow();
        assertEquals("io.netty.netty-transport-native-epoll-4.1.130.Final-linux-x86_64.jar", netty.file());
        assertEquals(
                "pkg:maven/io.netty/netty-transport-native-epoll@4.1.130.Final?classifier=linux-x86_64&type=jar",
                netty.address());
    }

    @Test
    void tellsJarsRuntimeAndPackagesAndTheSameTwice() throws IOException {
        application("org.example.parts-1.0.jar");
        Path first = folder.resolve("first.json");
        Path second = folder.resolve("second.json");

        BillOfMaterials.write(first, "tidegate/autoscaler", "0.1.0", folder, List.of(LIBRARY), null);
        BillOfMaterials.write(second, "tidegate/autoscaler", "0.1.0", folder, List.of(LIBRARY), null);

        JsonNode bill = new JsonMapper().readTree(first.toFile());
        assertEquals("CycloneDX", bill.path("bomFormat").asText());
        assertEquals("tidegate/autoscaler", bill.at("/metadata/component/name").asText());
        List<String> names = new ArrayList<>();
        bill.path("components")
                .forEach(component -> names.add(component.path("name").asText()));
        assertEquals(List.of("java-runtime", "zlib1g", "parts"), names);
        assertEquals(
                "pkg:deb/debian/zlib1g@1%3A1.2.13.dfsg-1?arch=amd64",
                bill.at("/components/1/purl").asText());
        assertEquals("SHA-256", bill.at("/components/2/hashes/0/alg").asText());
        assertEquals(Files.readString(first), Files.readString(second));
    }

    @Test
    void jarsOfUnknownOriginAreNoPartOfAnImage() throws IOException {
        application("stray.jar");
        TestbedException failure = assertThrows(
                TestbedException.class,
                () -> BillOfMaterials.write(
                        folder.resolve("bill.json"), "tidegate/autoscaler", "0.1.0", folder, List.of(), null));
        assertTrue(String.valueOf(failure.getMessage()).contains("stray.jar"), failure.getMessage());
    }

    private void application(String jar) throws IOException {
        FileCopies.write(folder.resolve("lib/main").resolve(jar), "jar");
        FileCopies.write(folder.resolve(BillOfMaterials.DEPENDENCIES), "org.example:parts::jar:1.0\n");
    }
}
