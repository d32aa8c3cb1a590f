package io.tidegate.policyengine.state.binary;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;

/**
 * Strings that reader and writer both know before the first byte. Each is written as a number; any other is written once, and
 * as a number from then on.
 */
public final class Strings {

    /** No string is known. */
    public static final Strings NONE = new Strings(List.of());

    private final List<String> known;
    private final Map<String, Integer> numbers = new HashMap<>();

    private Strings(List<String> known) {
        this.known = List.copyOf(known);
        for (String string : known) {
            numbers.putIfAbsent(string, numbers.size());
        }
    }

    /** Strings in an order that must not change while there are bytes that were written with it. */
    public static Strings of(List<String> known) {
        return new Strings(List.copyOf(new LinkedHashSet<>(known)));
    }

    int size() {
        return known.size();
    }

    /** The number of a string; -1 if it is not known. */
    int number(String string) {
        Integer number = numbers.get(string);
        return number == null ? -1 : number;
    }

    List<String> copy() {
        return new ArrayList<>(known);
    }
}
