package io.tidegate.autoscaler.kubernetes;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.tidegate.autoscaler.act.DriverApi;
import io.tidegate.autoscaler.act.ScaleApi;
import io.tidegate.autoscaler.act.TemplateApi;
import io.tidegate.autoscaler.config.Settings;
import io.tidegate.autoscaler.report.EventApi;
import io.tidegate.autoscaler.report.StatusApi;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.Duration;

/** The API server's adapters as beans. */
@Singleton
public class KubernetesBeans {

    private final KubernetesClient client;
    private final Settings settings;

    public KubernetesBeans(KubernetesClient client, Settings settings) {
        this.client = client;
        this.settings = settings;
    }

    @Produces
    @Singleton
    ScaleApi scale() {
        return new KubernetesScale(client, timeout());
    }

    @Produces
    @Singleton
    DriverApi drivers() {
        return new KubernetesDrivers(client, timeout());
    }

    @Produces
    @Singleton
    TemplateApi templates() {
        return new KubernetesTemplates(client, timeout());
    }

    @Produces
    @Singleton
    StatusApi status() {
        return new KubernetesStatus(client, timeout());
    }

    @Produces
    @Singleton
    EventApi events() {
        return new KubernetesEvents(client, settings.instance(), timeout());
    }

    @Produces
    @Singleton
    ApiServerProbe probe() {
        return new ApiServerProbe(client, timeout());
    }

    private Duration timeout() {
        return settings.config().attempts().timeout();
    }
}
