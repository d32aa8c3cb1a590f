package io.tidegate.tools.migrate;

import io.tidegate.tools.manifest.Value;
import org.jspecify.annotations.Nullable;

/** Numbers that others also write as texts. */
final class Numbers {

    private Numbers() {}

    static long whole(@Nullable Value value, long otherwise) {
        if (value == null || value.text().isEmpty()) {
            return otherwise;
        }
        try {
            return Long.parseLong(value.text().strip());
        } catch (NumberFormatException e) {
            return otherwise;
        }
    }

    static boolean isWhole(String text) {
        return text.matches("[0-9]{1,18}");
    }
}
