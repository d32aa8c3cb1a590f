package io.tidegate.tools.docs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConfigurationDocsTest {

    @TempDir
    Path folder = Path.of("");

    @Test
    void committedDocumentIsWhatTheSourcesGive() throws IOException {
        Path root = Path.of("").toAbsolutePath().getParent();
        assertTrue(root != null && Files.exists(root.resolve("tidegate")), "not run in a module of the repository");
        assertEquals(
                ConfigurationDocs.render(root),
                Files.readString(ConfigurationDocs.document(root)),
                "docs/configuration.md is out of date: run ./tidegate docs");
    }

    @Test
    void readsNestedGroupsNamesAndDefaults() throws IOException {
        Path source = write("""
                @ConfigMapping(prefix = "app")
                public interface AppConfig {
                    /** Name of {@code it}. */
                    String instanceId();

                    /** The lag. */
                    Lag lag();

                    interface Lag {
                        /** How
                         * often. */
                        @WithDefault("200ms")
                        @WithName("every")
                        Duration period();
                    }
                }
                """);
        assertEquals(
                List.of(
                        new Setting("app.instance-id", "String", "", "Name of `it`."),
                        new Setting("app.lag.every", "Duration", "200ms", "How often.")),
                ConfigurationSource.read(source));
    }

    @Test
    void refusesASettingWithoutDescription() throws IOException {
        Path source = write("@ConfigMapping(prefix = \"app\") interface AppConfig { String name(); }");
        assertEquals(
                "the setting app.name has no description",
                assertThrows(IllegalArgumentException.class, () -> ConfigurationSource.read(source))
                        .getMessage());
    }

    private Path write(String source) throws IOException {
        return Files.writeString(folder.resolve("AppConfig.java"), source);
    }
}
