package io.tidegate.tools.docs;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/** Writes {@code docs/configuration.md} from the configuration interfaces of the services. */
public final class ConfigurationDocs {

    private static final Map<String, String> SOURCES = new LinkedHashMap<>();

    static {
        SOURCES.put("telemetry-collector", "CollectorConfig");
        SOURCES.put("policy-engine", "EngineConfig");
        SOURCES.put("autoscaler", "AutoscalerConfig");
    }

    private ConfigurationDocs() {}

    /**
     * Writes the document.
     *
     * @param arguments the repository's folder
     * @throws IOException if a source can't be read or the document not be written
     */
    public static void main(String[] arguments) throws IOException {
        if (arguments.length != 1) {
            System.err.println("Usage: ConfigurationDocs REPOSITORY");
            System.exit(2);
        }
        Path root = Path.of(arguments[0]);
        Files.writeString(document(root), render(root));
        System.out.println("docs/configuration.md is written");
    }

    static Path document(Path root) {
        return root.resolve("docs/configuration.md");
    }

    static String render(Path root) throws IOException {
        StringBuilder text = new StringBuilder("""
                # Configuration

                Made from the services' configuration interfaces by `./tidegate docs`; don't edit it by hand.

                Each key can be set as an environment variable, as a system property (`-Dkey=value`), or in a file
                `config/application.properties` beside the service. A value that isn't allowed stops the start and is named.
                """);
        for (var source : SOURCES.entrySet()) {
            text.append("\n## ").append(source.getKey()).append("\n\n");
            text.append("| key, environment variable | default | meaning |\n|---|---|---|\n");
            for (Setting setting : ConfigurationSource.read(find(root.resolve(source.getKey()), source.getValue()))) {
                text.append(row(setting));
            }
        }
        return text.toString();
    }

    private static String row(Setting setting) {
        String defaultValue;
        if (!setting.defaultValue().isEmpty()) {
            defaultValue = "`" + setting.defaultValue() + "`";
        } else {
            defaultValue = setting.optional() ? "none" : "must be given";
        }
        return "| `%s`<br>`%s` | %s | %s |%n"
                .formatted(
                        setting.key(),
                        setting.environmentVariable(),
                        defaultValue,
                        setting.description().replace("|", "\\|"))
                .replace(System.lineSeparator(), "\n");
    }

    private static Path find(Path module, String type) throws IOException {
        try (var files = Files.walk(module.resolve("src/main/java"))) {
            return files.filter(file -> file.endsWith(type + ".java"))
                    .findFirst()
                    .orElseThrow(() -> new IllegalArgumentException("no " + type + ".java in " + module));
        }
    }
}
