package io.tidegate.autoscaler.lifecycle;

import io.tidegate.autoscaler.act.Actor;
import io.tidegate.autoscaler.kubernetes.ApiServerProbe;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** Watches whether the API server answers, and so keeps a connection to it open. */
@Singleton
class ApiServerWatch {

    /** Well within the idle time of HTTP connections on both sides, so that the connection stays warm. */
    private static final Duration PERIOD = Duration.ofSeconds(10);

    private static final Duration PERIOD_WHILE_AWAY = Duration.ofSeconds(1);

    private final ApiServerProbe probe;
    private final Link link;
    private final Actor actor;

    ApiServerWatch(ApiServerProbe probe, Links links, Actor actor) {
        this.probe = probe;
        this.link = links.apiServer();
        this.actor = actor;
    }

    /** Runs until interrupted. */
    void run() {
        try {
            while (!Thread.currentThread().isInterrupted()) {
                Optional<String> problem = probe.problem();
                problem.ifPresentOrElse(link::away, this::there);
                Duration period = problem.isEmpty() ? PERIOD : PERIOD_WHILE_AWAY;
                TimeUnit.MILLISECONDS.sleep(period.toMillis());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void there() {
        if (link.there()) {
            actor.answersAgain();
        }
    }
}
