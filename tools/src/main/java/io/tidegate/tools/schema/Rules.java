package io.tidegate.tools.schema;

import dev.cel.common.CelFunctionDecl;
import dev.cel.common.CelOptions;
import dev.cel.common.CelOverloadDecl;
import dev.cel.common.CelValidationException;
import dev.cel.common.types.OpaqueType;
import dev.cel.common.types.SimpleType;
import dev.cel.compiler.CelCompiler;
import dev.cel.compiler.CelCompilerFactory;
import dev.cel.extensions.CelExtensions;
import dev.cel.parser.CelStandardMacro;
import dev.cel.runtime.CelEvaluationException;
import dev.cel.runtime.CelFunctionBinding;
import dev.cel.runtime.CelRuntime;
import dev.cel.runtime.CelRuntimeFactory;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Evaluates rules in CEL as the API server does: with the language's own functions, those on texts, and of Kubernetes' own those on quantities. A rule that uses
 * any other is told apart, never taken to hold.
 */
final class Rules {

    /** What became of a rule. */
    sealed interface Verdict {

        record Holds() implements Verdict {}

        record Broken() implements Verdict {}

        /** The API server refuses the object for this, too. */
        record Failed(String why) implements Verdict {}

        record Unsupported(String why) implements Verdict {}
    }

    private static final OpaqueType QUANTITY = OpaqueType.create("kubernetes.Quantity");
    private static final CelOptions OPTIONS = CelOptions.current()
            .enableRegexPartialMatch(true)
            .enableHeterogeneousNumericComparisons(true)
            .build();

    private final CelCompiler compiler = CelCompilerFactory.standardCelCompilerBuilder()
            .setOptions(OPTIONS)
            .setStandardMacros(CelStandardMacro.STANDARD_MACROS)
            .addVar("self", SimpleType.DYN)
            .addLibraries(CelExtensions.strings())
            .addFunctionDeclarations(
                    CelFunctionDecl.newFunctionDeclaration(
                            "isQuantity",
                            CelOverloadDecl.newGlobalOverload(
                                    "is_quantity_string", SimpleType.BOOL, SimpleType.STRING)),
                    CelFunctionDecl.newFunctionDeclaration(
                            "quantity",
                            CelOverloadDecl.newGlobalOverload("string_to_quantity", QUANTITY, SimpleType.STRING)),
                    comparison("isGreaterThan", "quantity_is_greater_than"),
                    comparison("isLessThan", "quantity_is_less_than"))
            .build();
    private final CelRuntime runtime = CelRuntimeFactory.standardCelRuntimeBuilder()
            .setOptions(OPTIONS)
            .addLibraries(CelExtensions.strings())
            .addFunctionBindings(
                    CelFunctionBinding.from(
                            "is_quantity_string",
                            String.class,
                            text -> Quantity.parse(text).isPresent()),
                    CelFunctionBinding.from(
                            "string_to_quantity",
                            String.class,
                            text -> Quantity.parse(text)
                                    .orElseThrow(() -> new CelEvaluationException("no quantity: " + text))),
                    CelFunctionBinding.from(
                            "quantity_is_greater_than",
                            Quantity.class,
                            Quantity.class,
                            (one, other) -> one.compareTo(other) > 0),
                    CelFunctionBinding.from(
                            "quantity_is_less_than",
                            Quantity.class,
                            Quantity.class,
                            (one, other) -> one.compareTo(other) < 0))
            .build();
    private final Map<String, Compiled> compiled = new ConcurrentHashMap<>();

    private sealed interface Compiled {

        record Ready(CelRuntime.Program program) implements Compiled {}

        record Refused(String why) implements Compiled {}
    }

    private static CelFunctionDecl comparison(String name, String overload) {
        return CelFunctionDecl.newFunctionDeclaration(
                name, CelOverloadDecl.newMemberOverload(overload, SimpleType.BOOL, QUANTITY, QUANTITY));
    }

    Verdict evaluate(String rule, Object self) {
        return switch (compiled.computeIfAbsent(rule, this::compile)) {
            case Compiled.Refused refused -> new Verdict.Unsupported(refused.why());
            case Compiled.Ready ready -> evaluate(ready.program(), self);
        };
    }

    private Compiled compile(String rule) {
        try {
            return new Compiled.Ready(
                    runtime.createProgram(compiler.compile(rule).getAst()));
        } catch (CelValidationException | CelEvaluationException e) {
            return new Compiled.Refused(firstLine(e));
        }
    }

    private static Verdict evaluate(CelRuntime.Program program, Object self) {
        try {
            return Boolean.TRUE.equals(program.eval(Map.of("self", self))) ? new Verdict.Holds() : new Verdict.Broken();
        } catch (CelEvaluationException e) {
            return new Verdict.Failed(firstLine(e));
        }
    }

    private static String firstLine(Exception e) {
        return String.valueOf(e.getMessage()).lines().findFirst().orElse("").strip();
    }
}
