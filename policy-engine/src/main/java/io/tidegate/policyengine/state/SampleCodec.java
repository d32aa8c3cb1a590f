package io.tidegate.policyengine.state;

import io.tidegate.decision.model.SignalSample;
import io.tidegate.policyengine.state.binary.BinaryReader;
import io.tidegate.policyengine.state.binary.BinaryWriter;
import io.tidegate.policyengine.state.binary.Shape;
import io.tidegate.policyengine.state.binary.Strings;
import io.tidegate.policyengine.state.binary.UnreadableBytesException;

/** Samples as bytes: the hash of their shape, then what was read. */
final class SampleCodec {

    private static final Shape<SignalSample> SHAPE = Shape.of(SignalSample.class);

    private final BinaryWriter out = new BinaryWriter();

    byte[] write(SignalSample sample) {
        out.start(Strings.NONE);
        out.fourBytes(SHAPE.hash());
        SHAPE.write(sample, out);
        return out.toBytes();
    }

    static ObservedSample read(byte[] bytes) {
        BinaryReader in = new BinaryReader(bytes, 0, Strings.NONE);
        if (in.fourBytes() != SHAPE.hash()) {
            throw new UnreadableBytesException("a sample was kept by another version");
        }
        return new ObservedSample(SHAPE.read(in), bytes);
    }
}
