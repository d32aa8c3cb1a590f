package io.tidegate.decision.formula;

import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/**
 * Makes a program of the words of a formula, by the precedences of expr, the language that users of KEDA's
 * scalingModifiers know. Numbers and conditions are told apart here, so that no program mixes them up.
 */
final class Parser {
    /** Of parentheses, signs and right operands within each other. */
    static final int MOST_LEVELS = 64;
    /** Names that a message lists. */
    private static final int MOST_LISTED = 10;

    private static final int SIGN = 90;
    private static final int NOT = 50;

    private final Deque<Token> tokens;
    private final List<String> signals;
    private final List<String> names = new ArrayList<>();
    private final List<Instruction> program = new ArrayList<>();

    /** What a part of a formula gives. */
    private enum Type {
        NUMBER("a number"),
        CONDITION("a condition"),
        /** {@code nil} itself. */
        NIL("nil");

        private final String label;

        Type(String label) {
            this.label = label;
        }
    }

    private Parser(Deque<Token> tokens, List<String> signals) {
        this.tokens = tokens;
        this.signals = signals;
    }

    /**
     * A program and what it needs.
     *
     * @param names of the signals it uses, in the order of first use
     */
    record Parsed(List<Instruction> program, List<String> names) {
        Parsed {
            program = List.copyOf(program);
            names = List.copyOf(names);
        }
    }

    static Parsed parse(String text, List<String> signals) {
        Parser parser = new Parser(Lexer.tokens(text, signals), signals);
        Type type = parser.expression(0, 0);
        Token end = parser.next();
        if (end.kind() != Token.Kind.END) {
            throw FormulaException.at(end.position(), end.shown() + " is not expected here");
        }
        if (type != Type.NUMBER) {
            throw new FormulaException("a formula gives a number of replicas, not " + type.label);
        }
        return new Parsed(parser.program, parser.names);
    }

    private Token next() {
        return tokens.getFirst().kind() == Token.Kind.END ? tokens.getFirst() : tokens.removeFirst();
    }

    private boolean skips(String symbol) {
        if (tokens.getFirst().is(symbol)) {
            tokens.removeFirst();
            return true;
        }
        return false;
    }

    private void expect(String symbol) {
        Token token = tokens.getFirst();
        if (!skips(symbol)) {
            throw FormulaException.at(token.position(), "'" + symbol + "' is expected, not " + token.shown());
        }
    }

    private Type expression(int least, int level) {
        if (level > MOST_LEVELS) {
            throw FormulaException.at(
                    tokens.getFirst().position(), "more than " + MOST_LEVELS + " levels within each other");
        }
        Type left = operand(level);
        while (true) {
            Token token = tokens.getFirst();
            int precedence = precedence(token);
            if (precedence < least) {
                return left;
            }
            tokens.removeFirst();
            left = switch (token.text()) {
                case "?" -> choice(left, token, level);
                case "||", "or" -> shortcut(left, token, Instruction.When.UNLESS_FALSE, precedence, level);
                case "&&", "and" -> shortcut(left, token, Instruction.When.UNLESS_TRUE, precedence, level);
                case "??" -> otherwise(left, token, precedence, level);
                case "**", "^" -> arithmetic(left, token, precedence, level);
                case "==", "!=", "<", "<=", ">", ">=" -> comparison(left, token, precedence, level);
                default -> arithmetic(left, token, precedence + 1, level);
            };
        }
    }

    /** How strongly an infix operator binds; -1 for any other word. */
    private static int precedence(Token token) {
        if (token.kind() != Token.Kind.SYMBOL && token.kind() != Token.Kind.NAME) {
            return -1;
        }
        return switch (token.text()) {
            case "?" -> 0;
            case "||", "or" -> 10;
            case "&&", "and" -> 15;
            case "==", "!=", "<", "<=", ">", ">=" -> 20;
            case "+", "-" -> 30;
            case "*", "/", "%" -> 60;
            case "**", "^" -> 100;
            case "??" -> 500;
            default -> -1;
        };
    }

    private Type operand(int level) {
        Token token = next();
        return switch (token.kind()) {
            case NUMBER -> number(token);
            case QUOTED -> signal(token);
            case NAME -> word(token, level);
            case SYMBOL -> prefix(token, level);
            case END -> throw FormulaException.at(token.position(), "the formula ends where a value is expected");
        };
    }

    private Type number(Token token) {
        double number = Double.parseDouble(token.text());
        if (Double.isInfinite(number)) {
            throw FormulaException.at(token.position(), "'" + token.text() + "' is too large a number");
        }
        program.add(new Instruction.Push(number));
        return Type.NUMBER;
    }

    private Type signal(Token token) {
        if (!signals.contains(token.text())) {
            throw FormulaException.at(
                    token.position(),
                    "no signal is named '" + token.text() + "'; there are "
                            + String.join(", ", signals.subList(0, Math.min(MOST_LISTED, signals.size())))
                            + (signals.size() > MOST_LISTED ? " and others" : ""));
        }
        if (!names.contains(token.text())) {
            names.add(token.text());
        }
        program.add(new Instruction.Load(names.indexOf(token.text())));
        return Type.NUMBER;
    }

    private Type word(Token token, int level) {
        return switch (token.text()) {
            case "nil" -> push(Double.NaN, Type.NIL);
            case "true" -> push(1, Type.CONDITION);
            case "false" -> push(0, Type.CONDITION);
            case "not" -> prefix(token, level);
            default -> tokens.getFirst().is("(") ? call(token, level) : signal(token);
        };
    }

    private Type push(double value, Type type) {
        program.add(new Instruction.Push(value));
        return type;
    }

    private Type prefix(Token token, int level) {
        return switch (token.text()) {
            case "(" -> {
                Type type = expression(0, level + 1);
                expect(")");
                yield type;
            }
            case "-" -> {
                want(Type.NUMBER, expression(SIGN, level + 1), token);
                yield apply(Operation.NEGATE, 1, token, Type.NUMBER);
            }
            case "+" -> {
                want(Type.NUMBER, expression(SIGN, level + 1), token);
                yield Type.NUMBER;
            }
            case "!", "not" -> {
                want(Type.CONDITION, expression(NOT, level + 1), token);
                yield apply(Operation.NOT, 1, token, Type.CONDITION);
            }
            default -> throw FormulaException.at(token.position(), "a value is expected, not " + token.shown());
        };
    }

    private Type call(Token token, int level) {
        Optional<Operation> function = Operation.function(token.text());
        if (function.isEmpty()) {
            throw FormulaException.at(
                    token.position(),
                    "no function is named '" + token.text()
                            + "'; there are min, max, ceil, floor, round, abs and sqrt");
        }
        expect("(");
        int operands = 0;
        do {
            want(Type.NUMBER, expression(0, level + 1), token);
            operands++;
        } while (function.get().takesMany() && skips(","));
        expect(")");
        // The largest of one value is that value.
        return operands == 1 && function.get().takesMany()
                ? Type.NUMBER
                : apply(function.get(), operands, token, Type.NUMBER);
    }

    private Type arithmetic(Type left, Token token, int least, int level) {
        want(Type.NUMBER, left, token);
        want(Type.NUMBER, expression(least, level + 1), token);
        return apply(Operation.infix(token.text()), 2, token, Type.NUMBER);
    }

    private Type comparison(Type left, Token token, int precedence, int level) {
        Type right = expression(precedence + 1, level + 1);
        boolean equality = token.is("==") || token.is("!=");
        if (equality && (left == Type.NIL || right == Type.NIL) && left != Type.CONDITION && right != Type.CONDITION) {
            program.add(new Instruction.Compare(token.is("==")));
            return Type.CONDITION;
        }
        want(Type.NUMBER, left, token);
        want(Type.NUMBER, right, token);
        return apply(Operation.infix(token.text()), 2, token, Type.CONDITION);
    }

    private Type shortcut(Type left, Token token, Instruction.When when, int precedence, int level) {
        want(Type.CONDITION, left, token);
        int jump = jump();
        want(Type.CONDITION, expression(precedence + 1, level + 1), token);
        land(jump, when);
        return Type.CONDITION;
    }

    private Type otherwise(Type left, Token token, int precedence, int level) {
        int jump = jump();
        Type type = common(left, expression(precedence + 1, level + 1), token);
        land(jump, Instruction.When.UNLESS_NIL);
        return type;
    }

    private Type choice(Type condition, Token token, int level) {
        want(Type.CONDITION, condition, token);
        int unknown = jump();
        int no = jump();
        Type first = expression(0, level + 1);
        expect(":");
        int end = jump();
        land(no, Instruction.When.IF_FALSE);
        Type type = common(first, expression(0, level + 1), token);
        land(end, Instruction.When.ALWAYS);
        land(unknown, Instruction.When.IF_NIL);
        return type;
    }

    /** Keeps a place for a jump whose target is not known yet. */
    private int jump() {
        program.add(new Instruction.Jump(Instruction.When.ALWAYS, 0));
        return program.size() - 1;
    }

    private void land(int jump, Instruction.When when) {
        program.set(jump, new Instruction.Jump(when, program.size()));
    }

    private Type apply(Operation operation, int operands, Token token, Type type) {
        program.add(new Instruction.Apply(operation, operands, token.position()));
        return type;
    }

    /** {@code nil} may stand for a number. */
    private static void want(Type wanted, Type found, Token token) {
        if (found != wanted && !(wanted == Type.NUMBER && found == Type.NIL)) {
            throw FormulaException.at(
                    token.position(), token.shown() + " needs " + wanted.label + ", not " + found.label);
        }
    }

    private static Type common(Type a, Type b, Token token) {
        if (a == b || b == Type.NIL) {
            return a;
        }
        if (a == Type.NIL) {
            return b;
        }
        throw FormulaException.at(
                token.position(), token.shown() + " needs two values of one kind, not " + a.label + " and " + b.label);
    }
}
