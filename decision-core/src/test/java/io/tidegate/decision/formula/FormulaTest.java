package io.tidegate.decision.formula;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FormulaTest {
    private static final List<String> SIGNALS =
            List.of("two", "three", "seven", "none", "lost", "gone", "a", "b", "a-b", "a-b-2", "max", "9am", "most");
    /** The signals lost and gone are unknown. */
    private static final Map<String, Integer> SIZES = Map.of(
            "two",
            2,
            "three",
            3,
            "seven",
            7,
            "none",
            0,
            "a",
            10,
            "b",
            4,
            "a-b",
            100,
            "9am",
            9,
            "max",
            5,
            "most",
            Integer.MAX_VALUE);

    private static OptionalInt known(String name) {
        Integer size = SIZES.get(name);
        return size == null ? OptionalInt.empty() : OptionalInt.of(size);
    }

    @ParameterizedTest
    @CsvSource(delimiter = ';', textBlock = """
            seven                          ; 7
            1 + 2 * 3                      ; 7
            (1 + 2) * 3                    ; 9
            10 - 4 - 3                     ; 3
            100 / 10 / 2                   ; 5
            2 ** 3 ** 2                    ; 512
            2^3                            ; 8
            -2 ** 2 + 5                    ; 1
            (-2) ** 2                      ; 4
            2 ** -1                        ; 1
            17 % 5                         ; 2
            -17 % 5 + 3                    ; 1
            +two - -three                  ; 5
            - - two                        ; 2
            seven / two                    ; 4
            0.1 * 30                       ; 3
            1.0000000001                   ; 1
            1.00001                        ; 2
            .5 + 5e-1 + 1E+1               ; 11
            1e0                            ; 1
            2e9 + 2e9                      ; 2147483647
            most + 1                       ; 2147483647
            0 - 0.0000000001               ; 0
            -0.0                           ; 0
            max(two, three, seven)         ; 7
            min(two, three, none)          ; 0
            max(-2)+3                      ; 1
            min(two)                       ; 2
            max                            ; 5
            max(max, 6)                    ; 6
            ceil(2.1) + floor(2.9)         ; 5
            round(2.5)                     ; 3
            round(2.4)                     ; 2
            round(-2.5) + 3                ; 0
            round(0.49999999999999994)     ; 0
            abs(two - seven)               ; 5
            sqrt(16) + sqrt(none)          ; 4
            two < three ? 1 : 2            ; 1
            two > three ? 1 : 2            ; 2
            two <= 2 ? 1 : 2               ; 1
            two >= 2.5 ? 1 : 2             ; 2
            two == 2 && three != 2 ? 1 : 2 ; 1
            two == 3 || three == 3 ? 1 : 2 ; 1
            two == 3 or three == 2 ? 1 : 2 ; 2
            true and false ? 1 : 2         ; 2
            not (two > 1) ? 1 : 2          ; 2
            !(two > 1) ? 1 : 2             ; 2
            !false && true ? 1 : 2         ; 1
            false && true || true ? 1 : 2  ; 1
            two > 1 ? three > 5 ? 1 : 2 : 3; 2
            two > 5 ? 1 : two > 3 ? 2 : 3  ; 3
            two + (two > 1 ? 10 : 20)      ; 12
            lost ?? 5                      ; 5
            lost ?? gone ?? 8              ; 8
            two ?? 5                       ; 2
            lost ?? 5 + 1                  ; 6
            -lost ?? 5 + 6                 ; 1
            2 * lost ?? 3 ** 2             ; 18
            (lost + 1) ?? 9                ; 9
            max(two, lost) ?? 9            ; 9
            max(lost ?? 1, two)            ; 2
            (lost > 3) ?? true ? 1 : 2     ; 1
            lost == nil ? 1 : 2            ; 1
            lost != nil ? 1 : 2            ; 2
            nil == two ? 1 : 2             ; 2
            nil != two ? 1 : 2             ; 1
            nil == nil ? 1 : 2             ; 1
            two < 3 ? two : lost           ; 2
            two < 3 ? two : 1 / 0          ; 2
            two < 3 || lost > 1 ? 1 : 2    ; 1
            two > 3 && lost > 1 ? 1 : 2    ; 2
            (two > 3 ? nil : two) + 1      ; 3
            (two > 3 ? two : nil) ?? 6     ; 6
            nil ?? 4                       ; 4
            `a-b`                          ; 100
            a - b                          ; 6
            a -b                           ; 6
            a- b                           ; 6
            `a`-`b`                        ; 6
            `9am` + 1                      ; 10
            """)
    void gives(String text, int size) {
        assertEquals(new FormulaResult.Size(size), Formula.parse(text, SIGNALS).evaluate(FormulaTest::known));
    }

    @ParameterizedTest
    @CsvSource(delimiter = ';', textBlock = """
            lost                        ; lost
            lost + gone                 ; lost,gone
            max(two, lost)              ; lost
            min(lost, two, three)       ; lost
            -lost                       ; lost
            abs(lost)                   ; lost
            two * lost ** 0             ; lost
            0 * lost                    ; lost
            lost > 1 ? 1 : 2            ; lost
            !(lost > 1) ? 1 : 2         ; lost
            lost > 1 && false ? 1 : 2   ; lost
            lost > 1 || true ? 1 : 2    ; lost
            lost == gone ? 1 : 2        ; lost,gone
            lost ?? gone                ; lost,gone
            two > 3 ? two : nil         ; ''
            """)
    void isUnknownWithoutASignal(String text, String signals) {
        List<String> missing = signals.isEmpty() ? List.of() : List.of(signals.split(",", -1));
        assertEquals(
                new FormulaResult.Missing(missing), Formula.parse(text, SIGNALS).evaluate(FormulaTest::known));
    }

    @ParameterizedTest
    @CsvSource(delimiter = ';', quoteCharacter = '"', textBlock = """
            two / none           ; '/' at character 5 has no finite result for 2 and 0
            none / none          ; '/' at character 6 has no finite result for 0 and 0
            7 % none             ; '%' at character 3 has no finite result for 7 and 0
            10 ** 400            ; '**' at character 4 has no finite result for 10 and 400
            1 / 10 ^ 400         ; '**' at character 8 has no finite result for 10 and 400
            sqrt(two - 3)        ; 'sqrt' at character 1 has no finite result for -1
            (0 - 8) ** 0.5       ; '**' at character 9 has no finite result for -8 and 0.5
            1e308 * 10           ; '*' at character 7 has no finite result for 1.0E308 and 10
            (two / none) ?? 5    ; '/' at character 6 has no finite result for 2 and 0
            two - three          ; it gives -1, and no size is below 0
            -0.5                 ; it gives -0.5, and no size is below 0
            """)
    void doesNotMakeASizeOfWhatIsNone(String text, String why) {
        assertEquals(new FormulaResult.Fault(why), Formula.parse(text, SIGNALS).evaluate(FormulaTest::known));
    }

    @ParameterizedTest
    @CsvSource(delimiter = ';', quoteCharacter = '"', textBlock = """
            ""           ; character 1: the formula ends where a value is expected
            "  "         ; character 3: the formula ends where a value is expected
            1 +          ; character 4: the formula ends where a value is expected
            (1 + 2       ; character 7: ')' is expected, not the end
            1 + 2)       ; character 6: ')' is not expected here
            1 2          ; character 3: '2' is not expected here
            two three    ; character 5: 'three' is not expected here
            * 2          ; character 1: a value is expected, not '*'
            1 = 2        ; character 3: '=' has no meaning in a formula
            two & three  ; character 5: '&' has no meaning in a formula
            [1, 2]       ; character 1: '[' has no meaning in a formula
            "two\u00a0"  ; character 4: '\u00a0' has no meaning in a formula
            ２           ; character 1: '２' has no meaning in a formula
            1 🚀 2       ; character 3: '🚀' has no meaning in a formula
            two two      ; character 5: 'two' is not expected here
            tow          ; "character 1: no signal is named 'tow'; there are two, three, seven, none, lost, gone, a, b, a-b, a-b-2 and others"
            NaN          ; "character 1: no signal is named 'NaN'; there are two, three, seven, none, lost, gone, a, b, a-b, a-b-2 and others"
            `a-c`        ; "character 1: no signal is named 'a-c'; there are two, three, seven, none, lost, gone, a, b, a-b, a-b-2 and others"
            `two         ; character 1: a back-quote is never closed
            a-b          ; character 1: write `a-b` in back-quotes for the signal, or a - b with spaces for a difference
            1+a-b-two    ; character 3: write `a-b` in back-quotes for the signal, or a - b with spaces for a difference
            a-b-2        ; character 1: write `a-b` in back-quotes for the signal, or a - b with spaces for a difference
            9am          ; "character 1: not a number; the name of a signal that does not begin with a letter needs `back-quotes`"
            1.2.3        ; "character 1: not a number; the name of a signal that does not begin with a letter needs `back-quotes`"
            .            ; "character 1: not a number; the name of a signal that does not begin with a letter needs `back-quotes`"
            .e5          ; "character 1: not a number; the name of a signal that does not begin with a letter needs `back-quotes`"
            1e           ; "character 1: not a number; the name of a signal that does not begin with a letter needs `back-quotes`"
            0x10         ; "character 1: not a number; the name of a signal that does not begin with a letter needs `back-quotes`"
            1e999        ; character 1: '1e999' is too large a number
            sum(1, 2)    ; "character 1: no function is named 'sum'; there are min, max, ceil, floor, round, abs and sqrt"
            +(1, 2)      ; character 4: ')' is expected, not ','
            ceil(1, 2)   ; character 7: ')' is expected, not ','
            max()        ; character 5: a value is expected, not ')'
            max(1        ; character 6: ')' is expected, not the end
            two ? 1 : 2  ; character 5: '?' needs a condition, not a number
            true ? 1     ; character 9: ':' is expected, not the end
            true ? 1 : false ; character 6: '?' needs two values of one kind, not a number and a condition
            two ?? true  ; character 5: '??' needs two values of one kind, not a number and a condition
            1 + (2 > 1)  ; character 3: '+' needs a number, not a condition
            (2 > 1) * 1  ; character 9: '*' needs a number, not a condition
            1 < 2 < 3    ; character 7: '<' needs a number, not a condition
            1 > (2 > 1)  ; character 3: '>' needs a number, not a condition
            true == nil  ; character 6: '==' needs a number, not a condition
            nil != true  ; character 5: '!=' needs a number, not a condition
            !two         ; character 1: '!' needs a condition, not a number
            !two > 1     ; character 1: '!' needs a condition, not a number
            not nil      ; character 1: 'not' needs a condition, not nil
            -true        ; character 1: '-' needs a number, not a condition
            +true        ; character 1: '+' needs a number, not a condition
            max(true)    ; character 1: 'max' needs a number, not a condition
            two && true  ; character 5: '&&' needs a condition, not a number
            true or two  ; character 6: 'or' needs a condition, not a number
            two > 1      ; a formula gives a number of replicas, not a condition
            nil          ; a formula gives a number of replicas, not nil
            """)
    void saysWhatIsWrong(String text, String message) {
        assertEquals(
                message,
                assertThrows(FormulaException.class, () -> Formula.parse(text, SIGNALS))
                        .getMessage());
    }

    @Test
    void namesCharactersThatCannotBeSeen() {
        for (String point : List.of("\u0000", "\u0007", "\ud800")) {
            String message =
                    String.valueOf(assertThrows(FormulaException.class, () -> Formula.parse("1" + point, SIGNALS))
                            .getMessage());
            assertTrue(message.startsWith("character 2: '"), message);
        }
        assertEquals(
                "character 1: 'U+0007' has no meaning in a formula",
                assertThrows(FormulaException.class, () -> Formula.parse("\u0007", SIGNALS))
                        .getMessage());
    }

    @Test
    void saysWhichFewSignalsThereAre() {
        assertEquals(
                "character 1: no signal is named 'c'; there are a, b",
                assertThrows(FormulaException.class, () -> Formula.parse("c", List.of("a", "b")))
                        .getMessage());
    }

    @Test
    void refusesAHugeTextUnread() {
        assertEquals(
                "a formula may have 1000 characters, not 10000000",
                assertThrows(FormulaException.class, () -> Formula.parse("1".repeat(10_000_000), SIGNALS))
                        .getMessage());
        assertEquals(
                "a formula may have 1000 characters, not 200001",
                assertThrows(
                                FormulaException.class,
                                () -> Formula.parse("(".repeat(100_000) + "1" + ")".repeat(100_000), SIGNALS))
                        .getMessage());
    }

    @Test
    void boundsHowDeepAFormulaIs() {
        for (String opening : List.of("(", "-", "1+(", "2**", "true?1:", "abs(")) {
            String text = opening.repeat(990 / opening.length()) + "1";
            String message = String.valueOf(assertThrows(FormulaException.class, () -> Formula.parse(text, SIGNALS))
                    .getMessage());
            assertTrue(message.endsWith("more than 64 levels within each other"), message);
        }
        String deep = "(".repeat(64) + "1" + ")".repeat(64);
        assertEquals(new FormulaResult.Size(1), Formula.parse(deep, SIGNALS).evaluate(FormulaTest::known));
    }

    @Test
    void evaluatesALongFormula() {
        assertEquals(
                new FormulaResult.Size(500),
                Formula.parse("1+".repeat(499) + "1", SIGNALS).evaluate(FormulaTest::known));
        assertEquals(
                new FormulaResult.Size(9),
                Formula.parse("max(" + "1,".repeat(490) + "9)", SIGNALS).evaluate(FormulaTest::known));
    }

    @Test
    void saysWhichSignalsItUses() {
        assertEquals(
                List.of("seven", "a-b", "two"),
                Formula.parse("seven + `a-b` * max(two, seven)", SIGNALS).signals());
        assertEquals(List.of(), Formula.parse("1", SIGNALS).signals());
    }

    @Test
    void isItsText() {
        Formula formula = Formula.parse(" two + 1 ", SIGNALS);
        assertEquals("two + 1", formula.toString());
        assertEquals(formula, Formula.parse("two + 1", List.of("two")));
        assertEquals(
                formula.hashCode(), Formula.parse("two + 1", List.of("two")).hashCode());
        assertNotEquals(formula, Formula.parse("two + 2", SIGNALS));
        assertNotEquals(formula, (Object) "two + 1");
    }

    /** Words thrown together at random: most are refused, some are formulas, none does anything else. */
    @Test
    void neverFailsOtherwise() {
        List<String> words = List.of(
                "two", "lost", "`a-b`", "1", "0", "1e308", ".5", "nil", "true", "+", "-", "*", "/", "%", "**", "==",
                "!=", "<", ">=", "&&", "||", "??", "?", ":", "!", "(", ")", ",", "max(", "sqrt(", "round(", "a-b", "`",
                "é", " ");
        int sizes = 0;
        for (int seed = 0; seed < 100_000; seed++) {
            Random random = new Random(seed);
            StringBuilder text = new StringBuilder();
            for (int i = 1 + random.nextInt(9); i > 0; i--) {
                text.append(words.get(random.nextInt(words.size()))).append(random.nextBoolean() ? " " : "");
            }
            try {
                sizes += Formula.parse(text.toString(), SIGNALS).evaluate(FormulaTest::known)
                                instanceof FormulaResult.Size
                        ? 1
                        : 0;
            } catch (FormulaException e) {
                assertTrue(String.valueOf(e.getMessage()).length() < 300, e::toString);
            } catch (RuntimeException e) {
                throw new AssertionError("seed " + seed + ": " + text, e);
            }
        }
        assertTrue(sizes > 1_000, "only " + sizes + " formulas");
    }

    /** Formulas that are made to be right: each can be read, and gives something. */
    @Test
    void readsWhateverIsBuiltByTheRules() {
        int sizes = 0;
        for (int seed = 0; seed < 20_000; seed++) {
            Random random = new Random(seed);
            String text = number(random, 4);
            if (text.length() <= Formula.MOST_CHARACTERS) {
                FormulaResult result = Formula.parse(text, SIGNALS).evaluate(FormulaTest::known);
                sizes += result instanceof FormulaResult.Size ? 1 : 0;
            }
        }
        assertTrue(sizes > 5_000, "only " + sizes + " sizes");
    }

    private static String number(Random random, int levels) {
        if (levels == 0) {
            return List.of("two", "lost", "`a-b`", "3", "0.5", "none").get(random.nextInt(6));
        }
        String a = number(random, levels - 1);
        String b = number(random, levels - 1);
        return switch (random.nextInt(6)) {
            case 0 -> "(" + a + List.of(" + ", " - ", " * ", " / ", " % ").get(random.nextInt(5)) + b + ")";
            case 1 -> "max(" + a + ", " + b + ")";
            case 2 -> "(" + a + ") ?? " + "(" + b + ")";
            case 3 -> "(" + a + " < " + b + (random.nextBoolean() ? " && true" : "") + " ? " + a + " : " + b + ")";
            case 4 -> "round(" + a + ")";
            default -> a;
        };
    }
}
