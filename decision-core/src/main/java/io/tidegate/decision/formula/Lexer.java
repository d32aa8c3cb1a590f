package io.tidegate.decision.formula;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/**
 * Cuts a formula into words. A dash is a minus: a signal with one in its name is written in back-quotes. Where a name with
 * a dash stands without them, the text is refused rather than guessed at.
 */
final class Lexer {
    private static final List<String> LONG_SYMBOLS = List.of("**", "==", "!=", "<=", ">=", "&&", "||", "??");
    private static final String SYMBOLS = "+-*/%^<>!?:(),";

    private final String text;
    private final List<String> names;

    private Lexer(String text, List<String> names) {
        this.text = text;
        this.names = names;
    }

    static Deque<Token> tokens(String text, List<String> names) {
        return new Lexer(text, names).tokens();
    }

    private Deque<Token> tokens() {
        Deque<Token> tokens = new ArrayDeque<>();
        int at = blanks(0);
        while (at < text.length()) {
            Token token = token(at);
            tokens.add(token);
            int quotes = token.kind() == Token.Kind.QUOTED ? 2 : 0;
            at = blanks(at + token.text().length() + quotes);
        }
        tokens.add(new Token(Token.Kind.END, "", at));
        return tokens;
    }

    private int blanks(int from) {
        int to = from;
        while (to < text.length() && " \t\r\n".indexOf(text.charAt(to)) >= 0) {
            to++;
        }
        return to;
    }

    private Token token(int at) {
        char first = text.charAt(at);
        if (first == '`') {
            int end = text.indexOf('`', at + 1);
            if (end < 0) {
                throw FormulaException.at(at, "a back-quote is never closed");
            }
            return new Token(Token.Kind.QUOTED, text.substring(at + 1, end), at);
        }
        if (isDigit(first) || first == '.') {
            return number(at);
        }
        if (isNamed(first)) {
            return name(at);
        }
        for (String symbol : LONG_SYMBOLS) {
            if (text.startsWith(symbol, at)) {
                return new Token(Token.Kind.SYMBOL, symbol, at);
            }
        }
        if (SYMBOLS.indexOf(first) < 0) {
            throw FormulaException.at(at, "'" + shown(at) + "' has no meaning in a formula");
        }
        return new Token(Token.Kind.SYMBOL, String.valueOf(first), at);
    }

    /** Digits, a fraction and an exponent, each optional, but not all left out. */
    private Token number(int at) {
        int to = digits(at);
        int count = to - at;
        if (charAt(to) == '.') {
            int fraction = digits(to + 1);
            count += fraction - to - 1;
            to = fraction;
        }
        if (count > 0 && (charAt(to) == 'e' || charAt(to) == 'E')) {
            int sign = charAt(to + 1) == '+' || charAt(to + 1) == '-' ? 1 : 0;
            int exponent = digits(to + 1 + sign);
            to = exponent > to + 1 + sign ? exponent : to;
        }
        if (count == 0 || isNamed(charAt(to)) || charAt(to) == '.') {
            throw FormulaException.at(
                    at, "not a number; the name of a signal that does not begin with a letter needs `back-quotes`");
        }
        return new Token(Token.Kind.NUMBER, text.substring(at, to), at);
    }

    private Token name(int at) {
        int to = at;
        while (isNamed(charAt(to)) || isDigit(charAt(to))) {
            to++;
        }
        String name = text.substring(at, to);
        int end = to;
        while (isNamed(charAt(end)) || isDigit(charAt(end)) || charAt(end) == '-') {
            end++;
            String longer = text.substring(at, end);
            boolean whole = !isNamed(charAt(end)) && !isDigit(charAt(end));
            if (whole && longer.length() > name.length() && names.contains(longer)) {
                throw FormulaException.at(
                        at,
                        "write `" + longer + "` in back-quotes for the signal, or " + longer.replace("-", " - ")
                                + " with spaces for a difference");
            }
        }
        return new Token(Token.Kind.NAME, name, at);
    }

    private int digits(int from) {
        int to = from;
        while (isDigit(charAt(to))) {
            to++;
        }
        return to;
    }

    /** The character at an index, or a blank behind the last one. */
    private char charAt(int index) {
        return index < text.length() ? text.charAt(index) : ' ';
    }

    private String shown(int at) {
        int point = text.codePointAt(at);
        return Character.isISOControl(point) || !Character.isDefined(point)
                ? "U+%04X".formatted(point)
                : Character.toString(point);
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }

    private static boolean isNamed(char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
    }
}
