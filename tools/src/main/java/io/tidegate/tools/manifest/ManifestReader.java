package io.tidegate.tools.manifest;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.composer.Composer;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.parser.ParserImpl;
import org.yaml.snakeyaml.reader.StreamReader;

/** Reads all documents of a file, and the items of lists in them. Whatever is in the file, the answer is a {@link ManifestFile}. */
public final class ManifestReader {

    /** An object in the API server is at most 1.5 MiB; this holds a bundle of many. */
    static final int LARGEST_FILE_BYTES = 8 << 20;

    /** The deepest field of any kind that Kubernetes knows lies less than half as deep. */
    static final int DEEPEST = 64;

    private static final int MOST_ALIASES = 1000;
    private static final String RENDER =
            "If it is a template, check what is made of it: helm template CHART | ./tidegate policy check -";
    private static final String REPAIR = "Repair the YAML; what stands behind this place in the file was not checked.";

    private ManifestReader() {}

    public static ManifestFile read(Path file, String name) {
        try (InputStream in = Files.newInputStream(file)) {
            return read(in, name);
        } catch (IOException e) {
            String why = e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
            return unreadable(name, "The file can't be read: " + why, "Check the file and the rights to it.");
        }
    }

    public static ManifestFile read(InputStream in, String name) throws IOException {
        byte[] bytes = in.readNBytes(LARGEST_FILE_BYTES + 1);
        if (bytes.length > LARGEST_FILE_BYTES) {
            return unreadable(
                    name,
                    "The file is larger than " + (LARGEST_FILE_BYTES >> 20) + " MiB.",
                    "Split it; a single object may have at most 1.5 MiB in the cluster.");
        }
        try {
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
            return parse(text.startsWith("\uFEFF") ? text.substring(1) : text, name);
        } catch (CharacterCodingException e) {
            return unreadable(name, "The file is not text in UTF-8.", "Save it as UTF-8.");
        }
    }

    private static ManifestFile unreadable(String name, String problem, String advice) {
        return new ManifestFile(name, List.of(), List.of(new ManifestFile.Unreadable(1, 0, problem, advice)));
    }

    public static ManifestFile parse(String text, String name) {
        LoaderOptions options = new LoaderOptions();
        options.setNestingDepthLimit(DEEPEST);
        options.setMaxAliasesForCollections(MOST_ALIASES);
        options.setCodePointLimit(LARGEST_FILE_BYTES);
        // JSON may be indented by tabs, which YAML does not allow; a text in JSON has no raw tab.
        String source = name.toLowerCase(Locale.ROOT).endsWith(".json") ? text.replace('\t', ' ') : text;
        List<Manifest> manifests = new ArrayList<>();
        List<ManifestFile.Unreadable> unreadable = new ArrayList<>();
        int document = 0;
        try {
            Composer composer =
                    new Composer(new ParserImpl(new StreamReader(source), options), new KubernetesScalars(), options);
            while (composer.checkNode()) {
                document++;
                Node node = composer.getNode();
                try {
                    add(new NodeConverter().convert(node), name, document, manifests);
                } catch (NodeConverter.Refused e) {
                    unreadable.add(new ManifestFile.Unreadable(document, e.line(), e.problem(), e.advice()));
                }
            }
        } catch (MarkedYAMLException e) {
            Mark mark = e.getProblemMark() == null ? e.getContextMark() : e.getProblemMark();
            String where = e.getContext() == null ? "" : " (" + e.getContext() + ")";
            unreadable.add(new ManifestFile.Unreadable(
                    Math.max(document, 1),
                    mark == null ? 0 : mark.getLine() + 1,
                    "This is no valid YAML: " + e.getProblem() + where,
                    source.contains("{{") ? RENDER : REPAIR));
        } catch (OutOfMemoryError e) {
            manifests.clear();
            unreadable.add(new ManifestFile.Unreadable(
                    Math.max(document, 1), 0, "The file has more values than there is memory for.", "Split it."));
        } catch (YAMLException e) {
            unreadable.add(new ManifestFile.Unreadable(Math.max(document, 1), 0, words(e), REPAIR));
        }
        return new ManifestFile(name, manifests, unreadable);
    }

    private static String words(YAMLException e) {
        String said = String.valueOf(e.getMessage()).replaceAll("\\s+", " ");
        return said.startsWith("Nesting Depth")
                ? "The YAML is nested deeper than " + DEEPEST + " levels."
                : "This is no valid YAML: " + said;
    }

    /** Documents that are no objects of Kubernetes, such as values of a chart, are none of ours. */
    private static void add(Value value, String name, int document, List<Manifest> manifests) {
        if (!(value instanceof Value.Mapping map)
                || map.text("kind").isEmpty()
                || map.text("apiVersion").isEmpty()) {
            return;
        }
        if (map.text("kind").endsWith("List") && map.at("items") instanceof Value.Sequence items) {
            items.items().forEach(item -> add(item, name, document, manifests));
        } else {
            manifests.add(new Manifest(name, document, map));
        }
    }
}
