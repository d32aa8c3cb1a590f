package io.tidegate.policyengine.state.binary;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Parts that hold others. */
final class Containers {

    private Containers() {}

    record NullableCodec(Codec codec) implements Codec {
        @Override
        public int slots() {
            return codec.slots();
        }

        @Override
        public void write(@Nullable Object value, BinaryWriter out, long[] before, int slot) {
            out.oneByte(value == null ? 0 : 1);
            if (value != null) {
                codec.write(value, out, before, slot);
            }
        }

        @Override
        public @Nullable Object read(BinaryReader in, long[] before, int slot) {
            return in.oneByte() == 0 ? null : codec.read(in, before, slot);
        }

        @Override
        public void describe(StringBuilder to) {
            codec.describe(to);
            to.append('?');
        }
    }

    record OptionalCodec(Codec codec) implements Codec {
        @Override
        public int slots() {
            return codec.slots();
        }

        @Override
        public void write(@Nullable Object value, BinaryWriter out, long[] before, int slot) {
            Optional<?> maybe = (Optional<?>) Objects.requireNonNull(value);
            out.oneByte(maybe.isPresent() ? 1 : 0);
            maybe.ifPresent(present -> codec.write(present, out, before, slot));
        }

        @Override
        public @Nullable Object read(BinaryReader in, long[] before, int slot) {
            return in.oneByte() == 0
                    ? Optional.empty()
                    : Optional.of(Objects.requireNonNull(codec.read(in, before, slot)));
        }

        @Override
        public void describe(StringBuilder to) {
            to.append("optional ");
            codec.describe(to);
        }
    }

    record ListCodec(Codec element) implements Codec {
        @Override
        public void write(@Nullable Object value, BinaryWriter out, long[] before, int slot) {
            List<?> list = (List<?>) Objects.requireNonNull(value);
            int size = list.size();
            out.unsigned(size);
            if (size == 0) {
                return;
            }
            long[] beforeElement = new long[element.slots()];
            for (int i = 0; i < size; i++) {
                element.write(list.get(i), out, beforeElement, 0);
            }
        }

        @Override
        public @Nullable Object read(BinaryReader in, long[] before, int slot) {
            int size = in.length();
            if (size == 0) {
                return List.of();
            }
            List<Object> list = new ArrayList<>(size);
            long[] beforeElement = new long[element.slots()];
            for (int i = 0; i < size; i++) {
                list.add(Objects.requireNonNull(element.read(in, beforeElement, 0)));
            }
            return List.copyOf(list);
        }

        @Override
        public void describe(StringBuilder to) {
            to.append("list ");
            element.describe(to);
        }
    }

    /** One of the records that a sealed interface permits, by its place among their names. */
    static final class SealedCodec implements Codec {
        private final String name;
        private final List<Codec> codecs = new ArrayList<>();
        private final Map<Class<?>, Integer> places = new HashMap<>();

        private SealedCodec(String name) {
            this.name = name;
        }

        static SealedCodec of(Class<?> type) {
            SealedCodec codec = new SealedCodec(type.getSimpleName());
            List<Class<?>> permitted = new ArrayList<>();
            collect(type, permitted);
            permitted.sort(Comparator.comparing(Class::getName));
            for (Class<?> record : permitted) {
                codec.places.put(record, codec.codecs.size());
                codec.codecs.add(Codecs.of(record, false));
            }
            return codec;
        }

        private static void collect(Class<?> type, List<Class<?>> to) {
            for (Class<?> permitted : Arrays.asList(type.getPermittedSubclasses())) {
                if (permitted.isInterface() && permitted.isSealed()) {
                    collect(permitted, to);
                } else {
                    to.add(permitted);
                }
            }
        }

        @Override
        public void write(@Nullable Object value, BinaryWriter out, long[] before, int slot) {
            int place = Objects.requireNonNull(
                    places.get(Objects.requireNonNull(value).getClass()));
            out.unsigned(place);
            Codec codec = codecs.get(place);
            codec.write(value, out, new long[codec.slots()], 0);
        }

        @Override
        public @Nullable Object read(BinaryReader in, long[] before, int slot) {
            long place = in.unsigned();
            if (place < 0 || place >= codecs.size()) {
                throw new UnreadableBytesException("no such " + name);
            }
            Codec codec = codecs.get((int) place);
            return codec.read(in, new long[codec.slots()], 0);
        }

        @Override
        public void describe(StringBuilder to) {
            to.append(name).append('<');
            for (Codec codec : codecs) {
                codec.describe(to);
                to.append('|');
            }
            to.append('>');
        }
    }
}
