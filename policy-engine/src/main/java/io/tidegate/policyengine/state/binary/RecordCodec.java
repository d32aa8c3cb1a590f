package io.tidegate.policyengine.state.binary;

import java.lang.invoke.LambdaMetafactory;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.Objects;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.ToDoubleFunction;
import java.util.function.ToIntFunction;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/** A record: its components, one after the other. */
final class RecordCodec implements Codec {

    private static final MethodHandles.Lookup LOOKUP = MethodHandles.lookup();

    private final String name;
    private final RecordComponent[] components;
    private final Field[] fields;
    private final int slots;
    private final MethodHandle constructor;

    private RecordCodec(Class<?> type) {
        name = type.getSimpleName();
        components = type.getRecordComponents();
        fields = new Field[components.length];
        int slot = 0;
        for (int i = 0; i < components.length; i++) {
            fields[i] = field(type, components[i], slot);
            slot += fields[i].slots();
        }
        slots = slot;
        constructor = constructor(type, components);
    }

    static RecordCodec of(Class<?> type) {
        return new RecordCodec(type);
    }

    @Override
    public int slots() {
        return slots;
    }

    @Override
    public void write(@Nullable Object value, BinaryWriter out, long[] before, int slot) {
        Object record = Objects.requireNonNull(value);
        for (Field field : fields) {
            field.write(record, out, before, slot);
        }
    }

    @Override
    public @Nullable Object read(BinaryReader in, long[] before, int slot) {
        @Nullable Object[] arguments = new @Nullable Object[fields.length];
        for (int i = 0; i < fields.length; i++) {
            arguments[i] = fields[i].read(in, before, slot);
        }
        try {
            return constructor.invokeExact(arguments);
        } catch (RuntimeException | Error e) {
            throw e;
        } catch (Throwable e) {
            throw new IllegalStateException("the constructor of " + name + " failed", e);
        }
    }

    @Override
    public void describe(StringBuilder to) {
        to.append(name).append('(');
        for (int i = 0; i < fields.length; i++) {
            to.append(components[i].getName()).append(' ');
            fields[i].describe(to);
            to.append(',');
        }
        to.append(')');
    }

    private static MethodHandle constructor(Class<?> type, RecordComponent[] components) {
        Class<?>[] types =
                Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new);
        try {
            return LOOKUP.unreflectConstructor(type.getConstructor(types))
                    .asSpreader(Object[].class, types.length)
                    .asType(MethodType.methodType(Object.class, Object[].class));
        } catch (ReflectiveOperationException e) {
            throw new IllegalArgumentException(type + " needs a public constructor", e);
        }
    }

    @SuppressWarnings("unchecked")
    private static Field field(Class<?> owner, RecordComponent component, int slot) {
        Class<?> type = component.getType();
        if (type == long.class) {
            return new LongField(
                    (ToLongFunction<Object>) accessor(ToLongFunction.class, "applyAsLong", owner, component), slot);
        }
        if (type == int.class) {
            return new IntField(
                    (ToIntFunction<Object>) accessor(ToIntFunction.class, "applyAsInt", owner, component), slot);
        }
        if (type == double.class) {
            return new DoubleField(
                    (ToDoubleFunction<Object>) accessor(ToDoubleFunction.class, "applyAsDouble", owner, component));
        }
        if (type == boolean.class) {
            return new BooleanField((Predicate<Object>) accessor(Predicate.class, "test", owner, component));
        }
        boolean nullable = component.getAnnotatedType().isAnnotationPresent(Nullable.class);
        Codec codec = Codecs.of(component.getGenericType(), nullable);
        return new PartField(
                (Function<Object, @Nullable Object>) accessor(Function.class, "apply", owner, component), codec, slot);
    }

    /** A function that calls an accessor as fast as code that names it. */
    private static Object accessor(Class<?> function, String method, Class<?> owner, RecordComponent component) {
        try {
            MethodHandle accessor = LOOKUP.unreflect(component.getAccessor());
            Class<?> result = component.getType().isPrimitive() ? component.getType() : Object.class;
            return LambdaMetafactory.metafactory(
                            LOOKUP,
                            method,
                            MethodType.methodType(function),
                            MethodType.methodType(result, Object.class),
                            accessor,
                            MethodType.methodType(component.getType(), owner))
                    .getTarget()
                    .invoke();
        } catch (RuntimeException | Error e) {
            throw e;
        } catch (Throwable e) {
            throw new IllegalArgumentException(owner + "." + component.getName() + " can't be called", e);
        }
    }

    private interface Field {
        default int slots() {
            return 0;
        }

        void write(Object record, BinaryWriter out, long[] before, int base);

        @Nullable
        Object read(BinaryReader in, long[] before, int base);

        void describe(StringBuilder to);
    }

    private record LongField(ToLongFunction<Object> accessor, int slot) implements Field {
        @Override
        public int slots() {
            return 1;
        }

        @Override
        public void write(Object record, BinaryWriter out, long[] before, int base) {
            long value = accessor.applyAsLong(record);
            out.signed(value - before[base + slot]);
            before[base + slot] = value;
        }

        @Override
        public Object read(BinaryReader in, long[] before, int base) {
            return before[base + slot] += in.signed();
        }

        @Override
        public void describe(StringBuilder to) {
            to.append("long");
        }
    }

    private record IntField(ToIntFunction<Object> accessor, int slot) implements Field {
        @Override
        public int slots() {
            return 1;
        }

        @Override
        public void write(Object record, BinaryWriter out, long[] before, int base) {
            long value = accessor.applyAsInt(record);
            out.signed(value - before[base + slot]);
            before[base + slot] = value;
        }

        @Override
        public Object read(BinaryReader in, long[] before, int base) {
            return Scalars.toInt(before[base + slot] += in.signed());
        }

        @Override
        public void describe(StringBuilder to) {
            to.append("int");
        }
    }

    private record DoubleField(ToDoubleFunction<Object> accessor) implements Field {
        @Override
        public void write(Object record, BinaryWriter out, long[] before, int base) {
            out.real(accessor.applyAsDouble(record));
        }

        @Override
        public Object read(BinaryReader in, long[] before, int base) {
            return in.real();
        }

        @Override
        public void describe(StringBuilder to) {
            to.append("double");
        }
    }

    private record BooleanField(Predicate<Object> accessor) implements Field {
        @Override
        public void write(Object record, BinaryWriter out, long[] before, int base) {
            out.oneByte(accessor.test(record) ? 1 : 0);
        }

        @Override
        public Object read(BinaryReader in, long[] before, int base) {
            return in.oneByte() != 0;
        }

        @Override
        public void describe(StringBuilder to) {
            to.append("boolean");
        }
    }

    private record PartField(Function<Object, @Nullable Object> accessor, Codec codec, int slot) implements Field {
        @Override
        public int slots() {
            return codec.slots();
        }

        @Override
        public void write(Object record, BinaryWriter out, long[] before, int base) {
            codec.write(accessor.apply(record), out, before, base + slot);
        }

        @Override
        public @Nullable Object read(BinaryReader in, long[] before, int base) {
            return codec.read(in, before, base + slot);
        }

        @Override
        public void describe(StringBuilder to) {
            codec.describe(to);
        }
    }
}
