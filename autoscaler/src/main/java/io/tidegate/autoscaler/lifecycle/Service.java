package io.tidegate.autoscaler.lifecycle;

import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.tidegate.autoscaler.report.EventDesk;
import io.tidegate.autoscaler.report.StatusDesk;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.List;

/** Starts what runs beside the stream of targets, and stops it. */
@Singleton
class Service {

    private final StatusDesk statuses;
    private final EventDesk events;
    private final SilenceWatch silence;
    private final ApiServerWatch apiServer;
    private final TopicsWatch topics;
    private final List<Thread> threads = new ArrayList<>();

    Service(StatusDesk statuses, EventDesk events, SilenceWatch silence, ApiServerWatch apiServer, TopicsWatch topics) {
        this.statuses = statuses;
        this.events = events;
        this.silence = silence;
        this.apiServer = apiServer;
        this.topics = topics;
    }

    void start(@Observes StartupEvent event) {
        statuses.start();
        events.start();
        begin("autoscaler-clock", silence::run);
        begin("autoscaler-api-server", apiServer::run);
        begin("autoscaler-topics", topics::run);
    }

    void stop(@Observes ShutdownEvent event) {
        threads.forEach(Thread::interrupt);
        statuses.stop();
        events.stop();
    }

    private void begin(String name, Runnable work) {
        threads.add(Thread.ofPlatform().daemon().name(name).start(work));
    }
}
