package io.tidegate.autoscaler.lifecycle;

import io.tidegate.autoscaler.act.Actor;
import io.tidegate.autoscaler.report.ReportDesk;
import io.tidegate.autoscaler.targets.HeldTarget;
import io.tidegate.autoscaler.targets.HeldTargets.Changes;
import io.tidegate.autoscaler.targets.TargetsChannel.ChangeListener;
import jakarta.inject.Singleton;
import java.util.List;

/** Takes what changes among the targets to who acts and who reports. */
@Singleton
class ChangeRouter implements ChangeListener {

    private final Actor actor;
    private final ReportDesk reports;

    ChangeRouter(Actor actor, ReportDesk reports) {
        this.actor = actor;
        this.reports = reports;
    }

    @Override
    public void changed(Changes changes) {
        actor.changed(changes);
    }

    @Override
    public void dropped(List<HeldTarget> dropped) {
        actor.revoked(dropped);
        reports.dropped(dropped);
    }
}
