package io.tidegate.policyengine.state.binary;

import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;

/** Finds the codec of a type. */
final class Codecs {

    private Codecs() {}

    static Codec of(Type type, boolean nullable) {
        if (type instanceof ParameterizedType generic) {
            Codec element = of(generic.getActualTypeArguments()[0], false);
            if (generic.getRawType() == List.class) {
                return orNull(new Containers.ListCodec(element), nullable);
            }
            if (generic.getRawType() == Optional.class) {
                return orNull(new Containers.OptionalCodec(element), nullable);
            }
        } else if (type instanceof Class<?> plain) {
            return of(plain, nullable);
        }
        throw unknown(type);
    }

    private static Codec of(Class<?> type, boolean nullable) {
        if (type == String.class) {
            return new Scalars.Text();
        }
        if (type == Long.class) {
            return new Scalars.BoxedLong();
        }
        if (type == Integer.class) {
            return new Scalars.BoxedInt();
        }
        if (type.isEnum()) {
            return new Scalars.Choice(type);
        }
        return orNull(plain(type), nullable);
    }

    private static Codec plain(Class<?> type) {
        if (type == Boolean.class) {
            return new Scalars.BoxedBoolean();
        }
        if (type == Double.class) {
            return new Scalars.BoxedDouble();
        }
        if (type == OptionalLong.class) {
            return new Scalars.MaybeLong();
        }
        if (type == OptionalInt.class) {
            return new Scalars.MaybeInt();
        }
        if (type == OptionalDouble.class) {
            return new Scalars.MaybeDouble();
        }
        if (type == Instant.class) {
            return new Scalars.Moment();
        }
        if (type == Duration.class) {
            return new Scalars.Span();
        }
        if (type.isRecord()) {
            return RecordCodec.of(type);
        }
        if (type.isSealed() && type.isInterface()) {
            return Containers.SealedCodec.of(type);
        }
        throw unknown(type);
    }

    private static Codec orNull(Codec codec, boolean nullable) {
        return nullable ? new Containers.NullableCodec(codec) : codec;
    }

    private static IllegalArgumentException unknown(Type type) {
        return new IllegalArgumentException("no bytes are known for " + type.getTypeName());
    }
}
