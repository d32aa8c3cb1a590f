package io.tidegate.testbed.kubelet;

import java.nio.file.Path;
import java.util.Comparator;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Where the mount paths of a container really are. Processes share one file system, so nothing is found at a mount path
 * itself; instead it is replaced in the container's variables and arguments. A program finds only the paths that it is
 * told there, not those that are built into it.
 */
final class Mounts {
    static final Mounts NONE = new Mounts(Map.of());

    private final Map<String, Path> places;
    private final @Nullable Pattern paths;

    /** @param places file or folder by the path at which the container expects it */
    Mounts(Map<String, Path> places) {
        // The longest first, so that a mount inside of another is found.
        this.places =
                new TreeMap<>(Comparator.comparingInt(String::length).reversed().thenComparing(path -> path));
        this.places.putAll(places);
        this.paths = places.isEmpty()
                ? null
                : Pattern.compile(this.places.keySet().stream()
                        .map(Pattern::quote)
                        .collect(Collectors.joining("|", "(?<=^|[=:,])(?:", ")(?=$|[/:,])")));
    }

    /** The text with each mount path replaced that stands alone, or after {@code =}, {@code :} or a comma. */
    String rewrite(String text) {
        return paths == null
                ? text
                : paths.matcher(text)
                        .replaceAll(match -> Matcher.quoteReplacement(String.valueOf(places.get(match.group()))));
    }
}
