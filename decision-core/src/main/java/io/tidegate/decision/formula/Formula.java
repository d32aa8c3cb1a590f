package io.tidegate.decision.formula;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.function.Function;

/**
 * An arithmetic expression over signals. The name of a signal is the number of replicas that this signal asks for, and
 * {@code nil} while that is unknown. The value is the number of replicas to ask for, rounded up.
 *
 * <p>From weakest to strongest: {@code a ? b : c}, {@code ||}, {@code &&}, comparisons, {@code + -}, {@code !},
 * {@code * / %}, signs, {@code **}, {@code ??}; then functions ({@code min}, {@code max}, {@code ceil}, {@code floor},
 * {@code round}, {@code abs}, {@code sqrt}), parentheses, numbers, names, {@code nil}, {@code true}, {@code false}. The
 * words {@code or}, {@code and}, {@code not} and the sign {@code ^} mean the same as {@code ||}, {@code &&}, {@code !}
 * and {@code **}. Names with dashes stand in back-quotes.
 *
 * <p>Whatever is made of an unknown value is unknown too, but for {@code ??}, which gives its right side instead, and
 * {@code == nil}. A step without a finite result, such as a division by 0, ends it all: {@code ??} does not hide it.
 */
public final class Formula {
    /** A page of text: longer formulas are for programs, not for policies. It bounds the steps of an evaluation too. */
    public static final int MOST_CHARACTERS = 1_000;
    /** 0.1 x 30 is a bit more than 3 in doubles, and must not become 4. */
    private static final double WHOLE = 1e-9;

    private final String text;
    private final Parser.Parsed parsed;

    private Formula(String text, Parser.Parsed parsed) {
        this.text = text;
        this.parsed = parsed;
    }

    /**
     * Reads a formula.
     *
     * @param signals names that it may use
     * @throws FormulaException if it cannot be read, mixes numbers and conditions, or uses another name
     */
    public static Formula parse(String text, List<String> signals) {
        if (text.length() > MOST_CHARACTERS) {
            throw new FormulaException("a formula may have " + MOST_CHARACTERS + " characters, not " + text.length());
        }
        return new Formula(text.strip(), Parser.parse(text, signals));
    }

    /** The signals that it uses, in the order of first use. */
    public List<String> signals() {
        return parsed.names();
    }

    /** The size, from those that the signals ask for; empty for one that is unknown. Never throws. */
    public FormulaResult evaluate(Function<String, OptionalInt> sizes) {
        List<String> names = parsed.names();
        List<String> missing = new ArrayList<>(0);
        double[] values = new double[names.size()];
        for (int i = 0; i < values.length; i++) {
            OptionalInt size = sizes.apply(names.get(i));
            values[i] = size.isPresent() ? size.getAsInt() : Double.NaN;
            if (size.isEmpty()) {
                missing.add(names.get(i));
            }
        }
        return run(values, missing);
    }

    private FormulaResult run(double[] values, List<String> missing) {
        List<Instruction> program = parsed.program();
        double[] stack = new double[program.size()];
        int top = -1;
        int at = 0;
        while (at < program.size()) {
            Instruction instruction = program.get(at++);
            switch (instruction) {
                case Instruction.Push push -> stack[++top] = push.number();
                case Instruction.Load load -> stack[++top] = values[load.name()];
                case Instruction.Apply apply -> {
                    top -= apply.operands() - 1;
                    double result = result(apply, stack, top);
                    if (Double.isInfinite(result)) {
                        return fault(apply, stack, top);
                    }
                    stack[top] = result;
                }
                case Instruction.Compare compare -> {
                    top--;
                    boolean unknown = Double.isNaN(stack[top]) && Double.isNaN(stack[top + 1]);
                    stack[top] = unknown == compare.equal() ? 1 : 0;
                }
                case Instruction.Jump jump -> {
                    double value = stack[top];
                    at = jumps(jump.when(), value) ? jump.target() : at;
                    top -= drops(jump.when(), value) ? 1 : 0;
                }
            }
        }
        return size(stack[0], missing);
    }

    /** NaN if an operand is, infinite if there is no finite result. */
    private static double result(Instruction.Apply apply, double[] stack, int from) {
        double result = stack[from];
        if (apply.operands() == 1) {
            return Double.isNaN(result) ? result : finite(apply.operation().apply(result, 0));
        }
        for (int i = 1; i < apply.operands(); i++) {
            double operand = stack[from + i];
            if (Double.isNaN(result) || Double.isNaN(operand)) {
                return Double.NaN;
            }
            result = finite(apply.operation().apply(result, operand));
        }
        return result;
    }

    private static double finite(double result) {
        return Double.isNaN(result) ? Double.POSITIVE_INFINITY : result;
    }

    private static FormulaResult fault(Instruction.Apply apply, double[] stack, int from) {
        String operands = shown(stack[from]) + (apply.operands() == 1 ? "" : " and " + shown(stack[from + 1]));
        return new FormulaResult.Fault("'" + apply.operation().symbol() + "' at character " + (apply.position() + 1)
                + " has no finite result for " + operands);
    }

    private static boolean jumps(Instruction.When when, double value) {
        return switch (when) {
            case UNLESS_NIL -> !Double.isNaN(value);
            case UNLESS_TRUE -> value != 1;
            case UNLESS_FALSE -> value != 0;
            case IF_NIL -> Double.isNaN(value);
            case IF_FALSE -> value == 0;
            case ALWAYS -> true;
        };
    }

    private static boolean drops(Instruction.When when, double value) {
        return switch (when) {
            case UNLESS_NIL, UNLESS_TRUE, UNLESS_FALSE -> !jumps(when, value);
            case IF_FALSE -> true;
            case IF_NIL, ALWAYS -> false;
        };
    }

    private static FormulaResult size(double value, List<String> missing) {
        if (Double.isNaN(value)) {
            return new FormulaResult.Missing(missing);
        }
        double nearest = StrictMath.rint(value);
        double size = Math.abs(value - nearest) <= WHOLE * Math.max(1, Math.abs(value)) ? nearest : Math.ceil(value);
        return value < -WHOLE
                ? new FormulaResult.Fault("it gives " + shown(value) + ", and no size is below 0")
                : new FormulaResult.Size((int) size);
    }

    private static String shown(double value) {
        String text = Double.toString(value);
        return text.endsWith(".0") ? text.substring(0, text.length() - 2) : text;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Formula that && text.equals(that.text);
    }

    @Override
    public int hashCode() {
        return text.hashCode();
    }

    /** As it was written. */
    @Override
    public String toString() {
        return text;
    }
}
