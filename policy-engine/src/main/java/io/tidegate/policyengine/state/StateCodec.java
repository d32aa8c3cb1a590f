package io.tidegate.policyengine.state;

import io.tidegate.contracts.id.PolicyId;
import io.tidegate.contracts.id.WorkloadId;
import io.tidegate.decision.Memory;
import io.tidegate.policyengine.state.WorkloadState.LastOutcome;
import io.tidegate.policyengine.state.WorkloadState.ObservedTarget;
import io.tidegate.policyengine.state.WorkloadState.Refusal;
import io.tidegate.policyengine.state.binary.BinaryReader;
import io.tidegate.policyengine.state.binary.BinaryWriter;
import io.tidegate.policyengine.state.binary.Shape;
import io.tidegate.policyengine.state.binary.Strings;
import io.tidegate.policyengine.state.binary.UnreadableBytesException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * States of workloads as bytes. What the engine knows comes first, then the samples that are small, then what decision-core
 * remembers; each with the hash of its shape, so that what another version has kept is missing instead of misread.
 */
final class StateCodec {

    /** Samples up to this size together lie in the state itself: those of 32 partitions do. */
    static final int INLINE_BYTES = 384;

    private static final Shape<Known> KNOWN = Shape.of(Known.class);
    private static final Shape<Memory> MEMORY = Shape.of(Memory.class);

    /** Change it together with {@link Sealed}'s format only. */
    private static final Strings FREQUENT =
            Strings.of(List.of("apps/v1", "deployments", "statefulsets", "Deployment", "StatefulSet", "lag"));

    private static final int BESIDE = 0;
    private static final int INSIDE = 1;

    private final BinaryWriter out = new BinaryWriter();
    private final SampleCodec samples = new SampleCodec();

    /** A state without the samples that lie {@link #beside} it. */
    byte[] write(WorkloadId id, WorkloadState state) {
        out.start(FREQUENT);
        idStrings(id).forEach(out::know);
        out.oneByte(0);
        out.fourBytes(0);
        out.fourBytes(KNOWN.hash());
        KNOWN.write(Known.of(state), out);
        out.unsigned(state.samples().size());
        int inside = 0;
        for (ObservedSample sample : state.samples()) {
            byte[] bytes = bytes(sample);
            if (inside + bytes.length <= INLINE_BYTES) {
                inside += bytes.length;
                out.oneByte(INSIDE);
                out.block(bytes);
            } else {
                out.oneByte(BESIDE);
                out.string(sample.signal());
            }
        }
        out.fourBytes(MEMORY.hash());
        MEMORY.write(state.memory(), out);
        byte[] value = out.toBytes();
        Sealed.seal(value);
        return value;
    }

    /** The samples that do not lie in the state itself. */
    List<ObservedSample> beside(WorkloadState state) {
        List<ObservedSample> beside = List.of();
        int inside = 0;
        for (ObservedSample sample : state.samples()) {
            int size = bytes(sample).length;
            if (inside + size <= INLINE_BYTES) {
                inside += size;
            } else {
                beside = beside.isEmpty() ? new ArrayList<>() : beside;
                beside.add(sample);
            }
        }
        return beside;
    }

    /** A sample that lies beside the state. */
    byte[] writeBeside(ObservedSample sample) {
        byte[] bytes = bytes(sample);
        byte[] value = new byte[Sealed.LENGTH + bytes.length];
        System.arraycopy(bytes, 0, value, Sealed.LENGTH, bytes.length);
        Sealed.seal(value);
        return value;
    }

    /** Reads a sample that lies beside the state. */
    static ObservedSample readBeside(byte[] value) {
        Sealed.open(value);
        byte[] bytes = new byte[value.length - Sealed.LENGTH];
        System.arraycopy(value, Sealed.LENGTH, bytes, 0, bytes.length);
        return SampleCodec.read(bytes);
    }

    /**
     * Reads a state.
     *
     * @param beside gives the sample of a signal that lies beside it, if there is one
     * @param lost is told why samples or memory are missing
     */
    static WorkloadState read(
            WorkloadId id, byte[] value, Function<String, @Nullable ObservedSample> beside, Lost lost) {
        Sealed.open(value);
        BinaryReader in = new BinaryReader(value, Sealed.LENGTH, FREQUENT);
        idStrings(id).forEach(in::know);
        if (in.fourBytes() != KNOWN.hash()) {
            throw new UnreadableBytesException("kept by another version");
        }
        Known known = KNOWN.read(in);
        List<ObservedSample> samples = new ArrayList<>();
        for (int left = in.length(); left > 0; left--) {
            ObservedSample sample = in.oneByte() == INSIDE ? inside(in.block(), id, lost) : beside(in, beside);
            if (sample != null) {
                samples.add(sample);
            }
        }
        Memory memory = Memory.empty();
        if (in.fourBytes() == MEMORY.hash()) {
            memory = MEMORY.read(in);
        } else {
            lost.tell(id.toString(), "its memory was kept by another version");
        }
        return known.with(samples, memory);
    }

    private static @Nullable ObservedSample inside(byte[] bytes, WorkloadId id, Lost lost) {
        try {
            return SampleCodec.read(bytes);
        } catch (UnreadableBytesException e) {
            lost.tell(id.toString(), String.valueOf(e.getMessage()));
            return null;
        }
    }

    private static @Nullable ObservedSample beside(BinaryReader in, Function<String, @Nullable ObservedSample> beside) {
        String signal = in.string();
        if (signal == null) {
            throw new UnreadableBytesException("a sample without a name");
        }
        return beside.apply(signal);
    }

    /** The bytes of a sample. */
    byte[] bytes(ObservedSample sample) {
        return sample.bytes(samples);
    }

    private static List<String> idStrings(WorkloadId id) {
        return List.of(id.cluster(), id.namespace(), id.kind(), id.name(), id.toString());
    }

    /**
     * All of a state but samples and memory; its components are those of {@link WorkloadState}. Public only so that its shape
     * can be derived.
     */
    public record Known(
            long offset,
            long logTime,
            @Nullable ObservedTarget target,
            List<PolicyId> policies,
            List<Refusal> refusals,
            @Nullable LastOutcome outcome,
            Emitted emitted,
            long nextDue) {

        static Known of(WorkloadState state) {
            return new Known(
                    state.offset(),
                    state.logTime(),
                    state.target(),
                    state.policies(),
                    state.refusals(),
                    state.outcome(),
                    state.emitted(),
                    state.nextDue());
        }

        WorkloadState with(List<ObservedSample> samples, Memory memory) {
            return new WorkloadState(
                    offset, logTime, target, policies, samples, refusals, outcome, memory, emitted, nextDue);
        }
    }
}
