package io.tidegate.tools.schema;

import io.tidegate.tools.manifest.Manifest;
import io.tidegate.tools.manifest.Value;
import io.tidegate.tools.schema.Violation.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/** Checks what all objects have. */
final class MetadataCheck {

    private static final Pattern NAME =
            Pattern.compile("[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*");
    private static final Pattern NAMESPACE = Pattern.compile("[a-z0-9]([-a-z0-9]*[a-z0-9])?");
    private static final int LONGEST_NAME = 253;
    private static final int LONGEST_NAMESPACE = 63;
    private static final Set<String> FIELDS = Set.of(
            "annotations",
            "creationTimestamp",
            "deletionGracePeriodSeconds",
            "deletionTimestamp",
            "finalizers",
            "generateName",
            "generation",
            "labels",
            "managedFields",
            "name",
            "namespace",
            "ownerReferences",
            "resourceVersion",
            "selfLink",
            "uid");

    private MetadataCheck() {}

    static List<Violation> check(Manifest manifest, boolean namespaced) {
        List<Violation> found = new ArrayList<>();
        Value.Mapping metadata = manifest.content().mapping("metadata");
        metadata.fields().forEach((name, value) -> {
            if (!FIELDS.contains(name)) {
                found.add(new Violation(
                        Kind.UNKNOWN_FIELD,
                        "metadata." + name,
                        "unknown field \"metadata." + name + "\"",
                        Advice.unknownField(name, FIELDS, "annotations, labels, name, namespace"),
                        value.line()));
            }
        });
        name(metadata, found);
        namespace(metadata, namespaced, found);
        texts(metadata, "labels", found);
        texts(metadata, "annotations", found);
        return found;
    }

    private static void name(Value.Mapping metadata, List<Violation> found) {
        String name = metadata.text("name");
        if (name.isEmpty() && metadata.text("generateName").isEmpty()) {
            found.add(new Violation(
                    Kind.REQUIRED,
                    "metadata.name",
                    "Required value: an object needs a name",
                    "Add metadata.name.",
                    metadata.line()));
        } else if (!name.isEmpty()
                && (name.length() > LONGEST_NAME || !NAME.matcher(name).matches())) {
            found.add(invalid(
                    metadata,
                    "name",
                    "no name that an object can have",
                    "Use lower-case letters, digits, dashes and dots, a letter or digit at both ends, and at most "
                            + LONGEST_NAME + " characters."));
        }
        notText(metadata, "name", found);
    }

    private static void namespace(Value.Mapping metadata, boolean namespaced, List<Violation> found) {
        String namespace = metadata.text("namespace");
        if (!namespace.isEmpty() && !namespaced) {
            found.add(
                    invalid(metadata, "namespace", "this kind is of the whole cluster", "Remove metadata.namespace."));
        } else if (!namespace.isEmpty()
                && (namespace.length() > LONGEST_NAMESPACE
                        || !NAMESPACE.matcher(namespace).matches())) {
            found.add(invalid(
                    metadata,
                    "namespace",
                    "no name that a namespace can have",
                    "Use lower-case letters, digits and dashes, a letter or digit at both ends, and at most "
                            + LONGEST_NAMESPACE + " characters."));
        }
        notText(metadata, "namespace", found);
    }

    private static void texts(Value.Mapping metadata, String map, List<Violation> found) {
        metadata.mapping(map).fields().forEach((key, value) -> {
            if (!(value instanceof Value.Scalar(String text, int line))) {
                found.add(notText("metadata." + map + "." + key, value));
            }
        });
    }

    private static void notText(Value.Mapping metadata, String field, List<Violation> found) {
        Value value = metadata.at(field);
        if (value != null && !value.isNull() && !(value instanceof Value.Scalar(String text, int line))) {
            found.add(notText("metadata." + field, value));
        }
    }

    private static Violation notText(String path, Value value) {
        return new Violation(
                Kind.TYPE, path, "Invalid value: must be of type string", Advice.type("string", ""), value.line());
    }

    private static Violation invalid(Value.Mapping metadata, String field, String why, String advice) {
        return new Violation(
                Kind.INVALID,
                "metadata." + field,
                "Invalid value: " + GoText.of(metadata.text(field)) + ": " + why,
                advice,
                lineOf(metadata, field));
    }

    private static int lineOf(Value.Mapping metadata, String field) {
        Value value = metadata.at(field);
        return value == null ? metadata.line() : value.line();
    }
}
