package io.tidegate.spark;

import io.tidegate.spark.kubernetes.DriverPodChannel;
import io.tidegate.spark.scale.Answer;
import io.tidegate.spark.scale.Clamp;
import io.tidegate.spark.scale.DesiredState;
import io.tidegate.spark.scale.Drain;
import io.tidegate.spark.scale.Silence;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Brings the executors nearer to the bounds, whatever was done before, and answers how far they are. */
final class ScaleStep {
    private static final Logger LOG = LoggerFactory.getLogger(ScaleStep.class);
    /** Looking at all map outputs takes this part of the time at most. */
    private static final int LOOK_SHARE = 20;

    private static final Duration TOLD_AFTER = Duration.ofMinutes(10);

    private final DriverSession session;
    private final Silence silence;
    private final Optional<DriverPodChannel> channel;
    private final Executors executors;
    private final Loads loads;
    private final IdleRelease idle;
    private final AtomicBoolean urgent = new AtomicBoolean();
    private volatile Executors.Present present = new Executors.Present(Set.of(), Set.of());
    private final AtomicLong waves = new AtomicLong();
    private OptionalInt requested = OptionalInt.empty();
    private long lookAt;
    private long restedAt;

    ScaleStep(DriverSession session, Silence silence, Optional<DriverPodChannel> channel) {
        this.session = session;
        this.silence = silence;
        this.channel = channel;
        executors = new Executors(session.context(), session.stages());
        loads = new Loads(session.context(), session.stages());
        idle = new IdleRelease(session, executors, loads);
        restedAt = System.nanoTime();
        lookAt = restedAt;
    }

    void run(long now) {
        open(now);
        request();
        session.reapply();
        present = executors.present();
        letGo(now);
        idle.run(now);
        answer();
    }

    /** Without those who set the bounds, Spark gets back what it was configured with. */
    private void open(long now) {
        boolean collector = silence.ofCollector(now);
        boolean apiServer = channel.isPresent() && silence.ofApiServer(now);
        session.clamp().open(collector || apiServer);
        Optional<String> silent = collector
                ? Optional.of("bounds are lifted: the collector has taken nothing for too long")
                : apiServer
                        ? Optional.of("bounds are lifted: the driver pod could not be read for too long")
                        : Optional.empty();
        session.troubles().set("silence", silent);
    }

    private void request() {
        OptionalInt total = session.clamp().total();
        if (session.clamps() && total.isPresent() && !total.equals(requested)) {
            executors.request(total.getAsInt());
            requested = total;
        }
    }

    private void letGo(long now) {
        OptionalInt limit = session.clamps() ? session.clamp().limit() : OptionalInt.empty();
        if (limit.isEmpty() || present.running().size() <= limit.getAsInt()) {
            restedAt = now;
            session.troubles().isOver("drain");
            return;
        }
        if (now - restedAt > TOLD_AFTER.toNanos()) {
            session.troubles().stands("drain", "more executors than the cap have run for over 10 minutes");
        }
        if (now - lookAt < 0) {
            return;
        }
        boolean retry =
                session.clamp().taken().map(DesiredState::allowStageRetry).orElse(false);
        Drain.Plan plan =
                Drain.plan(loads.of(present.running()), present.draining().size(), limit.getAsInt(), retry);
        if (plan instanceof Drain.Wave wave) {
            int leaving = executors.letGo(wave.executors(), Executors.CAPPED);
            waves.incrementAndGet();
            LOG.info(
                    "Tidegate lets {} of {} executors go",
                    leaving,
                    present.running().size());
            present = executors.present();
        }
        // Gaps between the batches of a query are short, so it looks as often as it can afford.
        lookAt = now + LOOK_SHARE * (System.nanoTime() - now);
    }

    private void answer() {
        if (channel.isEmpty()) {
            return;
        }
        Clamp clamp = session.clamp();
        // Before the state is read, so that one taken meanwhile is urgent in the next step.
        boolean now = urgent.getAndSet(false);
        Answer answer = new Answer(
                PluginVersion.VALUE,
                clamp.taken(),
                clamp.dynamic(),
                session.settings().slots(),
                new Answer.Counts(
                        clamp.wanted(),
                        clamp.granted(),
                        present.running().size(),
                        present.draining().size()),
                session.troubles().told().orElse(null));
        channel.get().answer(answer.toJson(), now);
    }

    /** The next answer must not wait. */
    void urgent() {
        urgent.set(true);
    }

    Executors.Present present() {
        return present;
    }

    long waves() {
        return waves.get();
    }
}
