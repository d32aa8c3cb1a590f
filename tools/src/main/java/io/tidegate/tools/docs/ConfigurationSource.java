package io.tidegate.tools.docs;

import com.sun.source.doctree.DocCommentTree;
import com.sun.source.tree.AnnotationTree;
import com.sun.source.tree.AssignmentTree;
import com.sun.source.tree.ClassTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.ExpressionTree;
import com.sun.source.tree.LiteralTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.Tree;
import com.sun.source.util.DocTrees;
import com.sun.source.util.JavacTask;
import com.sun.source.util.TreePath;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

/** Reads the settings of a service from the source of its configuration interface, with the compiler's own parser. */
final class ConfigurationSource {

    private final CompilationUnitTree unit;
    private final DocTrees docs;

    private ConfigurationSource(CompilationUnitTree unit, DocTrees docs) {
        this.unit = unit;
        this.docs = docs;
    }

    /**
     * Reads all settings in the order of the source.
     *
     * @throws IllegalArgumentException if the file holds no interface with a {@code @ConfigMapping} prefix, or a setting has no
     *     description
     */
    static List<Setting> read(Path file) {
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        try (StandardJavaFileManager files = compiler.getStandardFileManager(null, null, null)) {
            JavacTask task = (JavacTask)
                    compiler.getTask(null, files, null, List.of("-proc:none"), null, files.getJavaFileObjects(file));
            CompilationUnitTree unit = task.parse().iterator().next();
            ConfigurationSource source = new ConfigurationSource(unit, DocTrees.instance(task));
            ClassTree type = (ClassTree) unit.getTypeDecls().getFirst();
            String prefix = source.annotation(type.getModifiers().getAnnotations(), "ConfigMapping", "prefix")
                    .orElseThrow(() -> new IllegalArgumentException(file + " has no @ConfigMapping(prefix = ...)"));
            List<Setting> settings = new ArrayList<>();
            source.collect(new TreePath(new TreePath(unit), type), prefix, settings);
            return settings;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void collect(TreePath path, String prefix, List<Setting> settings) {
        ClassTree type = (ClassTree) path.getLeaf();
        for (Tree member : type.getMembers()) {
            if (member instanceof MethodTree method && method.getDefaultValue() == null && method.getBody() == null) {
                String key = prefix + "." + name(method);
                Optional<ClassTree> group = nested(type, method.getReturnType().toString());
                if (group.isPresent()) {
                    collect(new TreePath(path, group.get()), key, settings);
                } else {
                    settings.add(setting(new TreePath(path, method), method, key));
                }
            }
        }
    }

    private Setting setting(TreePath path, MethodTree method, String key) {
        DocCommentTree comment = docs.getDocCommentTree(path);
        if (comment == null) {
            throw new IllegalArgumentException("the setting " + key + " has no description");
        }
        String description = comment.getFullBody().stream()
                .map(Object::toString)
                .collect(Collectors.joining())
                .replaceAll("\\{@(?:code|link|literal) ([^}]*)}", "`$1`")
                .replaceAll("\\s+", " ")
                .trim();
        String defaultValue = annotation(method.getModifiers().getAnnotations(), "WithDefault", "value")
                .orElse("");
        return new Setting(key, method.getReturnType().toString(), defaultValue, description);
    }

    private static Optional<ClassTree> nested(ClassTree type, String name) {
        return type.getMembers().stream()
                .filter(member -> member instanceof ClassTree nested
                        && nested.getKind() == Tree.Kind.INTERFACE
                        && nested.getSimpleName().contentEquals(name))
                .map(ClassTree.class::cast)
                .findFirst();
    }

    private String name(MethodTree method) {
        return annotation(method.getModifiers().getAnnotations(), "WithName", "value")
                .orElseGet(() -> method.getName()
                        .toString()
                        .replaceAll("([a-z0-9])([A-Z])", "$1-$2")
                        .toLowerCase(java.util.Locale.ROOT));
    }

    private Optional<String> annotation(List<? extends AnnotationTree> annotations, String name, String attribute) {
        return annotations.stream()
                .filter(annotation -> annotation.getAnnotationType().toString().endsWith(name))
                .flatMap(annotation -> annotation.getArguments().stream())
                .map(argument -> value(argument, attribute))
                .flatMap(Optional::stream)
                .findFirst();
    }

    private Optional<String> value(ExpressionTree argument, String attribute) {
        ExpressionTree expression = argument;
        if (argument instanceof AssignmentTree assignment) {
            if (!assignment.getVariable().toString().equals(attribute)) {
                return Optional.empty();
            }
            expression = assignment.getExpression();
        }
        if (expression instanceof LiteralTree literal) {
            return Optional.of(String.valueOf(literal.getValue()));
        }
        throw new IllegalArgumentException(
                "in " + unit.getSourceFile().getName() + ", write the value as a literal: " + expression);
    }
}
