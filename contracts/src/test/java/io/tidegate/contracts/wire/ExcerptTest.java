package io.tidegate.contracts.wire;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ExcerptTest {

    private static final String WAVE = "\ud83c\udf0a";

    @ParameterizedTest
    @CsvSource({"'',0,''", "abc,3,abc", "abc,2,ab...", "abc,0,..."})
    void keepsWhatFitsAndCutsTheRest(String text, int most, String shown) {
        assertEquals(shown, Excerpt.of(text, most));
        assertEquals(shown, Excerpt.line(text, most));
    }

    @ParameterizedTest
    @CsvSource({"'',3,''", "abcd,4,abcd", "abcde,4,a...", "abcd,3,..."})
    void countsTheEllipsisWhereAllMustFit(String text, int most, String shown) {
        assertEquals(shown, Excerpt.within(text, most));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 3, 4, 5, 97, 180, 300, 500})
    void neverEndsWithinACharacter(int most) {
        String waves = WAVE.repeat(1_000);
        String shown = Excerpt.of(waves, most);
        assertEquals(most / 2 * 2 + 3, shown.length());
        assertEquals(shown, new String(shown.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8));
        assertEquals(shown, Excerpt.line(waves, most));
    }

    @Test
    void aLineHasNoControlCharactersAndNoHalvesOfCharacters() {
        assertEquals("a?b?c?" + WAVE + "?d...", Excerpt.line("a\nb\u0000c\u0085" + WAVE + "\ud83cde", 10));
        assertEquals("\ud83c", Excerpt.of("\ud83c", 9), "one that was there before stays");
        assertEquals("?", Excerpt.line("\ud83c", 9));
    }

    @Test
    void aProblemNeverRepeatsHalfOfACharacter() {
        for (int length = 80; length < 120; length++) {
            String line = Problem.quoted("x".repeat(length % 2) + WAVE.repeat(length));
            assertEquals(line, new String(line.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8));
        }
    }
}
