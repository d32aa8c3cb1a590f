package io.tidegate.autoscaler.testing;

import io.tidegate.autoscaler.act.Reports;
import io.tidegate.autoscaler.targets.HeldTarget;
import java.util.ArrayList;
import java.util.List;

/** Keeps what is reported, as short lines. */
public final class RecordingReports implements Reports {

    private final List<String> deeds = new ArrayList<>();
    private final List<String> notes = new ArrayList<>();

    /** Deeds so far, such as {@code Applied 1 2->5 #1}: result, sequence, sizes, attempt. */
    public List<String> deeds() {
        return List.copyOf(deeds);
    }

    /** Everything else so far. */
    public List<String> notes() {
        return List.copyOf(notes);
    }

    @Override
    public void held(HeldTarget held, Note note) {
        notes.add(note + " " + held.target().sequence());
    }

    @Override
    public void acted(HeldTarget held, Deed deed) {
        deeds.add("%s %d %d->%d #%d"
                .formatted(deed.result(), held.target().sequence(), deed.from(), deed.to(), deed.attempt()));
    }

    @Override
    public void fallback(HeldTarget held, boolean active, String message) {
        notes.add("fallback " + active);
    }

    @Override
    public void forgotten(HeldTarget held) {
        notes.add("forgotten " + held.key());
    }
}
