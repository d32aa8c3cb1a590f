package io.tidegate.tools.manifest;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A value in a manifest, and the line on which it (or its key) stands, counted from 1. */
public sealed interface Value {

    int line();

    /** A map, in the order of the file. */
    record Mapping(Map<String, Value> fields, int line) implements Value {

        public Mapping {
            fields = Collections.unmodifiableMap(new LinkedHashMap<>(fields));
        }
    }

    /** A list. */
    record Sequence(List<Value> items, int line) implements Value {

        public Sequence {
            items = List.copyOf(items);
        }
    }

    /**
     * A text, a number (Long or Double), a truth value or nothing.
     *
     * @param content null where the file says null
     */
    record Scalar(@Nullable Object content, int line) implements Value {}

    /** What lies at a path of map keys; null if there is nothing. */
    default @Nullable Value at(String... path) {
        Value here = this;
        for (String key : path) {
            Value next = here instanceof Mapping map ? map.fields().get(key) : null;
            if (next == null) {
                return null;
            }
            here = next;
        }
        return here;
    }

    /** The text, number or truth value at a path, as a text; empty if there is none. */
    default String text(String... path) {
        return at(path) instanceof Scalar(Object content, int line) && content != null ? content.toString() : "";
    }

    /** The map at a path; an empty one if there is none. */
    default Mapping mapping(String... path) {
        return at(path) instanceof Mapping map ? map : new Mapping(Map.of(), line());
    }

    /** The items of the list at a path; none if there is no list. */
    default List<Value> items(String... path) {
        return at(path) instanceof Sequence list ? list.items() : List.of();
    }

    default boolean isNull() {
        return this instanceof Scalar scalar && scalar.content() == null;
    }

    /** Maps, lists and scalars of the JDK. */
    default @Nullable Object plain() {
        return switch (this) {
            case Scalar scalar -> scalar.content();
            case Sequence list -> {
                List<@Nullable Object> items = new ArrayList<>();
                list.items().forEach(item -> items.add(item.plain()));
                yield items;
            }
            case Mapping map -> {
                Map<String, @Nullable Object> fields = new LinkedHashMap<>();
                map.fields().forEach((key, value) -> fields.put(key, value.plain()));
                yield fields;
            }
        };
    }
}
