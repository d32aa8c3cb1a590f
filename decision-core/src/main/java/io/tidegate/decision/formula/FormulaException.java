package io.tidegate.decision.formula;

/** A text that is no formula. The message is for its author: it names the character, counted from 1, and what is allowed. */
public final class FormulaException extends IllegalArgumentException {
    private static final long serialVersionUID = 1;

    FormulaException(String message) {
        super(message);
    }

    static FormulaException at(int position, String message) {
        return new FormulaException("character " + (position + 1) + ": " + message);
    }
}
