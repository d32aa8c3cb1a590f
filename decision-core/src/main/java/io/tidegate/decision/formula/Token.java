package io.tidegate.decision.formula;

/**
 * A word of a formula.
 *
 * @param text as written, without back-quotes
 * @param position of its first character, from 0
 */
record Token(Kind kind, String text, int position) {
    enum Kind {
        NUMBER,
        /** A signal, a function, or one of the words of the language. */
        NAME,
        /** A signal in back-quotes. */
        QUOTED,
        SYMBOL,
        END
    }

    boolean is(String symbol) {
        return (kind == Kind.SYMBOL || kind == Kind.NAME) && text.equals(symbol);
    }

    /** How a message calls it. */
    String shown() {
        return kind == Kind.END ? "the end" : "'" + text + "'";
    }
}
