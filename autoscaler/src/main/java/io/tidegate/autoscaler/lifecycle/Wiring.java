package io.tidegate.autoscaler.lifecycle;

import io.prometheus.client.exemplars.ExemplarSampler;
import io.tidegate.autoscaler.act.Actor;
import io.tidegate.autoscaler.act.Actor.ActingRules;
import io.tidegate.autoscaler.act.Actor.Levers;
import io.tidegate.autoscaler.act.Actor.Surroundings;
import io.tidegate.autoscaler.act.AttemptRules;
import io.tidegate.autoscaler.act.ConflictRules;
import io.tidegate.autoscaler.act.DriverApi;
import io.tidegate.autoscaler.act.FencingRules;
import io.tidegate.autoscaler.act.ScaleApi;
import io.tidegate.autoscaler.act.TemplateApi;
import io.tidegate.autoscaler.act.VirtualThreads;
import io.tidegate.autoscaler.act.WriteLimits.Rate;
import io.tidegate.autoscaler.config.AutoscalerConfig;
import io.tidegate.autoscaler.config.Settings;
import io.tidegate.autoscaler.metrics.Meters;
import io.tidegate.autoscaler.metrics.TraceExemplars;
import io.tidegate.autoscaler.report.EventApi;
import io.tidegate.autoscaler.report.EventDesk;
import io.tidegate.autoscaler.report.OutcomeLog;
import io.tidegate.autoscaler.report.ReportDesk;
import io.tidegate.autoscaler.report.ReportDesk.Clocks;
import io.tidegate.autoscaler.report.RunLinks;
import io.tidegate.autoscaler.report.StatusApi;
import io.tidegate.autoscaler.report.StatusDesk;
import io.tidegate.autoscaler.report.StatusDesk.StatusRules;
import io.tidegate.autoscaler.targets.HeldTargets;
import io.tidegate.autoscaler.time.MonotonicClock;
import io.tidegate.autoscaler.time.StallDetector;
import jakarta.annotation.Priority;
import jakarta.enterprise.inject.Alternative;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.InstantSource;
import java.util.Optional;
import org.eclipse.microprofile.config.ConfigProvider;

/** Puts the parts together as the configuration says. */
@Singleton
class Wiring {

    private final Settings settings;

    Wiring(Settings settings) {
        this.settings = settings;
    }

    @Produces
    @Singleton
    MonotonicClock monotonicClock() {
        return System::nanoTime;
    }

    @Produces
    @Singleton
    InstantSource wallClock() {
        return InstantSource.system();
    }

    /** Takes the place of Quarkus' own, which gives none without its extension for OpenTelemetry. */
    @Produces
    @Singleton
    @Alternative
    @Priority(1)
    Optional<ExemplarSampler> exemplars() {
        return Optional.of(new TraceExemplars());
    }

    @Produces
    @Singleton
    HeldTargets heldTargets(MonotonicClock clock, Meters meters) {
        HeldTargets targets = new HeldTargets(settings.config().cluster(), clock.nanos());
        meters.running(ConfigProvider.getConfig()
                .getOptionalValue("quarkus.application.version", String.class)
                .orElse("unknown"));
        meters.observe(
                targets::size,
                targets::assignedPartitions,
                () -> targets.worstHeartbeatAge(clock.nanos()).toMillis() / 1000.0);
        return targets;
    }

    @Produces
    @Singleton
    StallDetector stallDetector(MonotonicClock clock) {
        AutoscalerConfig.Kafka kafka = settings.config().kafka();
        return new StallDetector(kafka.sessionTimeout().dividedBy(2), kafka.sessionTimeout(), clock.nanos());
    }

    @Produces
    @Singleton
    StatusDesk statusDesk(StatusApi api, Meters meters, MonotonicClock clock, InstantSource wall) {
        AutoscalerConfig.Status status = settings.config().status();
        AutoscalerConfig.Links links = settings.config().links();
        StatusRules rules = new StatusRules(
                status.perPolicy(),
                status.perSecond(),
                new RunLinks(links.driverUi(), links.historyServer(), links.logs()));
        return new StatusDesk(api, rules, meters, clock, wall);
    }

    @Produces
    @Singleton
    EventDesk eventDesk(EventApi api, Meters meters, MonotonicClock clock, InstantSource wall) {
        return new EventDesk(api, meters, clock, wall);
    }

    @Produces
    @Singleton
    ReportDesk reportDesk(OutcomeLog outcomes, StatusDesk statuses, EventDesk events, Meters meters, Clocks clocks) {
        return new ReportDesk(outcomes, statuses, events, meters, clocks);
    }

    @Produces
    @Singleton
    Clocks clocks(MonotonicClock monotonic, InstantSource wall) {
        return new Clocks(monotonic, wall);
    }

    @Produces
    @Singleton
    Levers levers(ScaleApi scale, DriverApi drivers, TemplateApi templates) {
        return new Levers(scale, drivers, templates);
    }

    @Produces
    @Singleton
    Actor actor(HeldTargets targets, Levers levers, StallDetector stalls, ReportDesk reports, MonotonicClock clock) {
        VirtualThreads threads = new VirtualThreads(settings.config().limits().inFlight());
        return new Actor(targets, levers, rules(), stalls, new Surroundings(reports, clock, threads));
    }

    private ActingRules rules() {
        AutoscalerConfig config = settings.config();
        AutoscalerConfig.Limits limits = config.limits();
        return new ActingRules(
                new FencingRules(
                        config.kafka().sessionTimeout(),
                        config.fencing().shrinkMargin(),
                        config.fencing().heartbeatExpiry()),
                new AttemptRules(
                        config.attempts().quick(),
                        config.attempts().firstPause(),
                        config.attempts().refusedPause(),
                        config.attempts().longestPause()),
                new ConflictRules(
                        config.conflicts().window(),
                        config.conflicts().writes(),
                        config.conflicts().standBack()),
                new Rate(limits.clusterPerSecond(), limits.clusterBurst()),
                new Rate(limits.namespacePerSecond(), limits.namespaceBurst()));
    }
}
