package io.tidegate.images;

import io.tidegate.testbed.process.TestbedException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.cyclonedx.Version;
import org.cyclonedx.exception.GeneratorException;
import org.cyclonedx.generators.BomGeneratorFactory;
import org.cyclonedx.model.Bom;
import org.cyclonedx.model.Component;
import org.cyclonedx.model.Hash;
import org.cyclonedx.model.Metadata;
import org.cyclonedx.util.BomUtils;
import org.jspecify.annotations.Nullable;

/**
 * What an image is made of, as CycloneDX: the jars that lie in it, the Java runtime, and the packages of the C runtime. The same
 * content gives the same text: there is no serial number and no time in it.
 */
final class BillOfMaterials {

    /** Where the build says which artifact each jar is; no part of the image. */
    static final String DEPENDENCIES = "quarkus-app-dependencies.txt";

    private final Bom bom = new Bom();

    private BillOfMaterials() {}

    /**
     * Writes the bill of a service.
     *
     * @param name of the image
     * @param application the built application
     * @param packages of the C runtime; empty on a base image, whose own content is not looked into
     * @param base the base image; null for one from scratch
     */
    static void write(
            Path file,
            String name,
            String version,
            Path application,
            List<DebianPackage> packages,
            @Nullable String base)
            throws IOException {
        BillOfMaterials bill = new BillOfMaterials();
        bill.describe(name, version);
        bill.addJars(application);
        bill.addRuntime();
        packages.forEach(bill::addPackage);
        if (base != null) {
            bill.add(component(Component.Type.CONTAINER, null, base, null, "base-image"));
        }
        Files.writeString(file, bill.text() + "\n");
    }

    private void describe(String name, String version) {
        Metadata metadata = new Metadata();
        metadata.setTimestamp(null);
        metadata.setComponent(component(Component.Type.CONTAINER, null, name, version, "image"));
        bom.setMetadata(metadata);
    }

    private void addJars(Path application) throws IOException {
        Map<String, Artifact> known = artifacts(Files.readAllLines(application.resolve(DEPENDENCIES)));
        for (Path jar : FileCopies.files(application.resolve("lib"))) {
            String file = jar.getFileName().toString();
            Artifact artifact = known.get(file);
            if (artifact == null) {
                throw new TestbedException("The build doesn't say which artifact " + file + " is.");
            }
            Component component = component(
                    Component.Type.LIBRARY, artifact.group(), artifact.name(), artifact.version(), artifact.address());
            component.setPurl(artifact.address());
            component.setHashes(BomUtils.calculateHashes(jar.toFile(), Version.VERSION_16).stream()
                    .filter(hash -> Hash.Algorithm.SHA_256.getSpec().equals(hash.getAlgorithm()))
                    .toList());
            add(component);
        }
    }

    private void addRuntime() {
        String version = Runtime.version().toString();
        Component component =
                component(Component.Type.PLATFORM, null, "java-runtime", version, "java-runtime@" + version);
        component.setPublisher(System.getProperty("java.vendor"));
        component.setDescription("Modules " + String.join(", ", JavaRuntime.modules()));
        add(component);
    }

    private void addPackage(DebianPackage one) {
        String address = "pkg:deb/debian/%s@%s?arch=%s"
                .formatted(encoded(one.name()), encoded(one.version()), one.architecture());
        Component component = component(Component.Type.LIBRARY, null, one.name(), one.version(), address);
        component.setPurl(address);
        add(component);
    }

    private static String encoded(String part) {
        return part.replace(":", "%3A").replace("+", "%2B");
    }

    private void add(Component component) {
        bom.addComponent(component);
    }

    private String text() {
        bom.setComponents(bom.getComponents().stream()
                .sorted(Comparator.comparing(Component::getBomRef))
                .toList());
        try {
            return BomGeneratorFactory.createJson(Version.VERSION_16, bom).toJsonString();
        } catch (GeneratorException e) {
            throw new TestbedException("The bill of materials cannot be written: " + e.getMessage(), e);
        }
    }

    private static Component component(
            Component.Type type, @Nullable String group, String name, @Nullable String version, String reference) {
        Component component = new Component();
        component.setType(type);
        component.setGroup(group);
        component.setName(name);
        component.setVersion(version);
        component.setBomRef(reference);
        return component;
    }

    /** Artifacts by the name of their file, of lines {@code group:name:classifier:type:version}. */
    static Map<String, Artifact> artifacts(List<String> lines) {
        Map<String, Artifact> artifacts = new HashMap<>();
        for (String line : lines) {
            Artifact.parse(line).ifPresent(artifact -> artifacts.put(artifact.file(), artifact));
        }
        return artifacts;
    }

    /** An artifact of Maven's; the classifier may be empty. */
    record Artifact(String group, String name, String classifier, String type, String version) {

        static Optional<Artifact> parse(String line) {
            String[] parts = line.split(":", -1);
            return parts.length == 5
                    ? Optional.of(new Artifact(parts[0], parts[1], parts[2], parts[3], parts[4]))
                    : Optional.empty();
        }

        String file() {
            return group + "." + name + "-" + version + (classifier.isEmpty() ? "" : "-" + classifier) + "." + type;
        }

        String address() {
            List<String> qualifiers = new ArrayList<>();
            if (!classifier.isEmpty()) {
                qualifiers.add("classifier=" + classifier);
            }
            qualifiers.add("type=" + type);
            return "pkg:maven/%s/%s@%s?%s".formatted(group, name, version, String.join("&", qualifiers));
        }
    }
}
