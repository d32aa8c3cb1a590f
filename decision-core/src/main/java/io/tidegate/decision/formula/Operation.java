package io.tidegate.decision.formula;

import java.util.Optional;

/** What makes one value of others. A condition is 1 or 0. No operation sees an unknown value. */
enum Operation {
    ADD("+"),
    SUBTRACT("-"),
    MULTIPLY("*"),
    DIVIDE("/"),
    REMAINDER("%"),
    POWER("**"),
    EQUAL("=="),
    DIFFERENT("!="),
    LESS("<"),
    LESS_OR_EQUAL("<="),
    MORE(">"),
    MORE_OR_EQUAL(">="),
    NEGATE("-"),
    NOT("!"),
    MIN("min"),
    MAX("max"),
    CEIL("ceil"),
    FLOOR("floor"),
    ROUND("round"),
    ABS("abs"),
    SQRT("sqrt");

    private static final double HALF = 0.5;

    private final String symbol;

    Operation(String symbol) {
        this.symbol = symbol;
    }

    String symbol() {
        return symbol;
    }

    /** The operation that stands between two operands as {@code symbol}. */
    static Operation infix(String symbol) {
        return switch (symbol) {
            case "+" -> ADD;
            case "-" -> SUBTRACT;
            case "*" -> MULTIPLY;
            case "/" -> DIVIDE;
            case "%" -> REMAINDER;
            case "==" -> EQUAL;
            case "!=" -> DIFFERENT;
            case "<" -> LESS;
            case "<=" -> LESS_OR_EQUAL;
            case ">" -> MORE;
            case ">=" -> MORE_OR_EQUAL;
            default -> POWER;
        };
    }

    /** The function of that name. */
    static Optional<Operation> function(String name) {
        return switch (name) {
            case "min" -> Optional.of(MIN);
            case "max" -> Optional.of(MAX);
            case "ceil" -> Optional.of(CEIL);
            case "floor" -> Optional.of(FLOOR);
            case "round" -> Optional.of(ROUND);
            case "abs" -> Optional.of(ABS);
            case "sqrt" -> Optional.of(SQRT);
            default -> Optional.empty();
        };
    }

    boolean takesMany() {
        return this == MIN || this == MAX;
    }

    /** {@code b} is 0 where there is one operand. Not finite where there is no such number. */
    double apply(double a, double b) {
        return switch (this) {
            case ADD -> a + b;
            case SUBTRACT -> a - b;
            case MULTIPLY -> a * b;
            case DIVIDE -> a / b;
            case REMAINDER -> a % b;
            case POWER -> StrictMath.pow(a, b);
            case EQUAL -> condition(a == b);
            case DIFFERENT -> condition(a != b);
            case LESS -> condition(a < b);
            case LESS_OR_EQUAL -> condition(a <= b);
            case MORE -> condition(a > b);
            case MORE_OR_EQUAL -> condition(a >= b);
            case NEGATE -> -a;
            case NOT -> 1 - a;
            case MIN -> Math.min(a, b);
            case MAX -> Math.max(a, b);
            case CEIL -> Math.ceil(a);
            case FLOOR -> Math.floor(a);
            case ROUND -> round(a);
            case ABS -> Math.abs(a);
            case SQRT -> StrictMath.sqrt(a);
        };
    }

    private static double condition(boolean holds) {
        return holds ? 1 : 0;
    }

    /** To the nearest whole number, halves away from 0. */
    private static double round(double a) {
        double whole = a < 0 ? Math.ceil(a) : Math.floor(a);
        return Math.abs(a - whole) >= HALF ? whole + Math.signum(a) : whole;
    }
}
