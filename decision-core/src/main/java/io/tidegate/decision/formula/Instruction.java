package io.tidegate.decision.formula;

/** A step of a program that works on a stack of values. An unknown value is NaN, which no operation lets through. */
sealed interface Instruction {
    /** Puts a number on the stack; NaN for {@code nil}. */
    record Push(double number) implements Instruction {}

    /** Puts the value of the n-th name on the stack. */
    record Load(int name) implements Instruction {}

    /** Replaces the topmost {@code operands} by one: unknown, if any of them is. */
    record Apply(Operation operation, int operands, int position) implements Instruction {}

    /** Replaces the two topmost values, one of which is {@code nil}, by whether both are unknown, or by its opposite. */
    record Compare(boolean equal) implements Instruction {}

    /** Goes on at {@code target} if the topmost value is as {@code when} says; drops the value if {@code when} says so. */
    record Jump(When when, int target) implements Instruction {}

    /** On what a jump depends. */
    enum When {
        /** Else the value is dropped. */
        UNLESS_NIL,
        /** Else the value is dropped. */
        UNLESS_TRUE,
        /** Else the value is dropped. */
        UNLESS_FALSE,
        /** Keeps the value either way. */
        IF_NIL,
        /** Drops the value either way. */
        IF_FALSE,
        /** Without a look at the value. */
        ALWAYS
    }
}
