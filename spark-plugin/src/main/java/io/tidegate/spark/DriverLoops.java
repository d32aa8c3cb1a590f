package io.tidegate.spark;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.tidegate.spark.kubernetes.Admission;
import io.tidegate.spark.kubernetes.DriverPodChannel;
import io.tidegate.spark.push.Telemetry;
import io.tidegate.spark.scale.DesiredState;
import io.tidegate.spark.scale.Silence;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The threads of the plugin: one that scales, one for the driver's pod, one that samples and sends. */
final class DriverLoops {
    private static final Logger LOG = LoggerFactory.getLogger(DriverLoops.class);
    private static final String DRIVER_POD = "driver pod";
    private static final Duration PERIOD = Duration.ofMillis(250);
    private static final Duration AFTER_FAILURE = Duration.ofSeconds(5);

    private final DriverSession session;
    private final Silence silence;
    private final Optional<DriverPodChannel> channel;
    private final Optional<Shortage> shortage;
    private final Optional<Telemetry> telemetry;
    private final ScaleStep scale;
    private final List<Loop> loops = new ArrayList<>();
    private final Loop scaling;
    private volatile boolean ended;

    DriverLoops(DriverSession session, String appId) {
        this.session = session;
        Settings settings = session.settings();
        silence = new Silence(settings.silence(), settings.collector().isPresent(), System.nanoTime());
        channel = channel();
        shortage = session.client()
                .filter(client -> channel.isPresent())
                .map(client -> new Shortage(
                        new Admission(client, settings.namespace()),
                        () -> session.nextExecutor(appId),
                        session.troubles(),
                        System.nanoTime()));
        telemetry = settings.collector()
                .map(url -> new Telemetry(url, settings.tokenFile(), () -> silence.pushed(System.nanoTime())));
        scale = new ScaleStep(session, silence, channel);
        scaling = loop("tidegate-scaling", "scaling", () -> scale.run(System.nanoTime()));
        channel.ifPresent(pod -> loops.add(new Loop(
                "tidegate-driver-pod",
                () -> talk(pod),
                fault -> session.troubles().caught(DRIVER_POD, fault))));
        telemetry.ifPresent(sender -> {
            Sampler sampler = new Sampler(session, scale, appId, sender);
            loop("tidegate-telemetry", "telemetry", () -> sampler.run(System.nanoTime()));
        });
    }

    private Loop loop(String name, String kind, Runnable step) {
        Loop loop = new Loop(
                name,
                () -> {
                    session.troubles().guard(kind, step);
                    return PERIOD;
                },
                fault -> session.troubles().caught(kind, fault));
        loops.add(loop);
        return loop;
    }

    private Optional<DriverPodChannel> channel() {
        Settings settings = session.settings();
        Optional<KubernetesClient> client = session.client();
        if (client.isEmpty() || settings.driverPod().isEmpty()) {
            LOG.warn("Tidegate has no driver pod to listen to, so it only tells what it sees");
            return Optional.empty();
        }
        return Optional.of(new DriverPodChannel(
                client.get(), settings.namespace(), settings.driverPod().get(), this::read));
    }

    void start() {
        loops.forEach(Loop::start);
    }

    void stop() {
        ended = true;
        loops.forEach(Loop::stop);
    }

    private Duration talk(DriverPodChannel pod) {
        try {
            pod.run(System.nanoTime());
            shortage.ifPresent(asked -> asked.run(missing(), System.nanoTime()));
            session.troubles().isOver(DRIVER_POD);
            return PERIOD;
        } catch (KubernetesClientException e) {
            if (!ended) {
                session.troubles().caught(DRIVER_POD, e);
            }
            return AFTER_FAILURE;
        } catch (IllegalStateException e) {
            // Spark closes the client before it stops its plugins.
            ended = true;
            return AFTER_FAILURE;
        } catch (Exception | LinkageError e) {
            session.troubles().caught(DRIVER_POD, e);
            return AFTER_FAILURE;
        }
    }

    private int missing() {
        return session.clamp().granted() - scale.present().running().size();
    }

    /** Hears the desired state; may be called by several threads. */
    private void read(@Nullable String annotation) {
        silence.watched(System.nanoTime());
        if (annotation == null) {
            session.troubles().isOver("annotation");
            return;
        }
        try {
            DesiredState state = DesiredState.parse(annotation);
            session.troubles().isOver("annotation");
            if (session.clamp().take(state)) {
                LOG.info(
                        "Tidegate takes sequence {}: {} to {} executors", state.sequence(), state.floor(), state.cap());
                scale.urgent();
                scaling.wake();
            }
        } catch (IllegalArgumentException e) {
            session.troubles().stands("annotation", DesiredState.ANNOTATION + " is refused: " + e.getMessage());
        } catch (Exception | LinkageError e) {
            session.troubles().caught("annotation", e);
        }
    }

    long dropped() {
        return telemetry.map(Telemetry::dropped).orElse(0L);
    }

    long waves() {
        return scale.waves();
    }
}
