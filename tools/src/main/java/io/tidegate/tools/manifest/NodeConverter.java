package io.tidegate.tools.manifest;

import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;
import org.yaml.snakeyaml.nodes.Tag;

/** Makes values of the nodes of one document. Aliases are written out, so there is a limit to how much they may become. */
final class NodeConverter {

    /** Some hundred of the largest objects. */
    static final int MOST_VALUES = 1_000_000;

    /** Values that aliases may add: an object of the largest size the API server takes has far fewer. */
    static final int MOST_BY_ALIASES = 100_000;

    private final IdentityHashMap<Node, Boolean> seen = new IdentityHashMap<>();
    private int values;
    private int repeated;

    /** Why a document is refused. */
    static final class Refused extends Exception {

        private static final long serialVersionUID = 1L;

        private final int line;
        private final String problem;
        private final String advice;

        Refused(int line, String problem, String advice) {
            super(problem);
            this.line = line;
            this.problem = problem;
            this.advice = advice;
        }

        int line() {
            return line;
        }

        String problem() {
            return problem;
        }

        String advice() {
            return advice;
        }
    }

    Value convert(Node node) throws Refused {
        return convert(node, line(node), 0);
    }

    private Value convert(Node node, int line, int depth) throws Refused {
        count(node, line, depth);
        return switch (node) {
            case MappingNode map -> mapping(map, line, depth);
            case SequenceNode list -> {
                List<Value> items = new ArrayList<>();
                for (Node item : list.getValue()) {
                    items.add(convert(item, line(item), depth + 1));
                }
                yield new Value.Sequence(items, line);
            }
            case ScalarNode scalar ->
                new Value.Scalar(KubernetesScalars.content(scalar.getTag(), scalar.getValue()), line);
            default -> throw new Refused(line, "This is no valid YAML: an alias of nothing", "Remove the alias.");
        };
    }

    private void count(Node node, int line, int depth) throws Refused {
        values++;
        if (seen.put(node, true) != null) {
            repeated++;
        }
        if (depth > ManifestReader.DEEPEST) {
            throw new Refused(
                    line,
                    "The YAML is nested deeper than " + ManifestReader.DEEPEST + " levels, or an alias holds itself.",
                    "Write it flatter, or remove the alias.");
        }
        if (repeated > MOST_BY_ALIASES) {
            throw tooLarge(line, "its aliases, written out, are", MOST_BY_ALIASES, "Use fewer aliases, or split it.");
        }
        if (values > MOST_VALUES) {
            throw tooLarge(line, "it has", MOST_VALUES, "Split it.");
        }
    }

    private static Refused tooLarge(int line, String what, int most, String advice) {
        String problem =
                String.format(Locale.ROOT, "The document becomes too large: %s more than %,d values.", what, most);
        return new Refused(line, problem, advice);
    }

    private Value.Mapping mapping(MappingNode map, int line, int depth) throws Refused {
        Map<String, Value> merged = new LinkedHashMap<>();
        Map<String, Value> own = new LinkedHashMap<>();
        for (NodeTuple tuple : map.getValue()) {
            Node key = tuple.getKeyNode();
            if (!(key instanceof ScalarNode name)) {
                throw new Refused(line(key), "A key is not a text.", "Use texts as keys.");
            }
            Value value = convert(tuple.getValueNode(), line(key), depth + 1);
            if (name.getTag().equals(Tag.MERGE)) {
                merge(value, merged);
            } else if (own.put(name.getValue(), value) != null) {
                throw new Refused(
                        line(key),
                        "The key \"" + name.getValue() + "\" is there twice in one map.",
                        "Keep one of the two.");
            }
        }
        merged.forEach(own::putIfAbsent);
        return new Value.Mapping(own, line);
    }

    private static void merge(Value value, Map<String, Value> merged) {
        switch (value) {
            case Value.Mapping map -> map.fields().forEach(merged::putIfAbsent);
            case Value.Sequence list -> list.items().forEach(item -> merge(item, merged));
            case Value.Scalar scalar -> {
                // Nothing to merge.
            }
        }
    }

    private static int line(Node node) {
        return node.getStartMark() == null ? 0 : node.getStartMark().getLine() + 1;
    }
}
