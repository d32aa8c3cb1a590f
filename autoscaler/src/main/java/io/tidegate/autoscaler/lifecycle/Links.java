package io.tidegate.autoscaler.lifecycle;

import io.tidegate.autoscaler.time.MonotonicClock;
import jakarta.inject.Singleton;

/** What the service needs: Kafka and the API server. */
@Singleton
class Links {

    private final Link kafka;
    private final Link apiServer;

    Links(MonotonicClock clock) {
        this.kafka = new Link("Kafka", clock);
        this.apiServer = new Link("The API server", clock);
    }

    Link kafka() {
        return kafka;
    }

    Link apiServer() {
        return apiServer;
    }
}
