package io.tidegate.policyengine.state;

import io.tidegate.decision.model.SignalSample;
import org.jspecify.annotations.Nullable;

/** The newest reading of one signal. Its bytes are made once, though the state that it lies in is written with each fact. */
public final class ObservedSample {

    private final SignalSample sample;
    private byte @Nullable [] bytes;

    public ObservedSample(SignalSample sample) {
        this.sample = sample;
    }

    ObservedSample(SignalSample sample, byte[] bytes) {
        this.sample = sample;
        this.bytes = bytes;
    }

    /** The reading. */
    public SignalSample sample() {
        return sample;
    }

    /** The signal. */
    public String signal() {
        return sample.signal();
    }

    /** When it was read, in milliseconds, never after its append time. */
    public long observedAt() {
        return sample.observedAt().toEpochMilli();
    }

    /** Whether the other is this very one; comparing what was read would take longer than writing it. */
    @SuppressWarnings("ReferenceEquality")
    boolean isThis(ObservedSample other) {
        return this == other;
    }

    /** Its bytes, made by this codec. */
    byte[] bytes(SampleCodec codec) {
        byte[] made = bytes;
        if (made == null) {
            made = codec.write(sample);
            bytes = made;
        }
        return made;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof ObservedSample observed && sample.equals(observed.sample);
    }

    @Override
    public int hashCode() {
        return sample.hashCode();
    }

    @Override
    public String toString() {
        return sample.toString();
    }
}
