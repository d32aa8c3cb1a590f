package io.tidegate.autoscaler.kubernetes;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.tidegate.autoscaler.act.Attempt;
import io.tidegate.autoscaler.act.RunSize;
import io.tidegate.autoscaler.act.TemplateApi;
import io.tidegate.autoscaler.act.TemplateApi.Answer;
import io.tidegate.autoscaler.targets.TemplatePath;
import io.tidegate.autoscaler.testing.Cluster;
import io.tidegate.autoscaler.testing.ScheduledApplications;
import io.tidegate.testbed.junit.Isolation;
import io.tidegate.testbed.junit.OnTestbed;
import io.tidegate.testbed.junit.SharedTestbed;
import io.tidegate.testbed.spark.SparkOperators;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** With the autoscaler's own rights and no others. */
@OnTestbed
class KubernetesTemplatesIT extends TemplateApiContract {

    private static final AtomicInteger OBJECTS = new AtomicInteger();

    private final KubernetesClient admin;
    private final KubernetesClient client;
    private final TemplateApi api;
    private final String namespace;

    KubernetesTemplatesIT(SharedTestbed testbed, Isolation isolation) {
        this.admin = testbed.controlPlane().client();
        this.namespace = isolation.namespace();
        Cluster.install(admin);
        SparkOperators.install(admin);
        this.client = Cluster.as(
                testbed.controlPlane(),
                "tidegate-autoscaler",
                testbed.directory().folder("templates-it"));
        this.api = new KubernetesTemplates(client, Duration.ofSeconds(5));
    }

    @AfterEach
    void close() {
        client.close();
    }

    @Test
    void leavesAllElseOfTheTemplateAlone() {
        TemplatePath path = template(true);
        assertInstanceOf(
                Answer.Present.class, api.write(path, read(path), new RunSize(12, 2, 80), new Attempt("d17-1", null)));
        assertEquals(
                "{\"schedule\":\"@daily\",\"template\":{\"dynamicAllocation\":{\"enabled\":true,\"initialExecutors\":12,"
                        + "\"maxExecutors\":80,\"minExecutors\":2},\"executor\":{\"cores\":4},\"mainClass\":\"Nightly\","
                        + "\"type\":\"Scala\"}}",
                ScheduledApplications.spec(admin, path));
    }

    @Test
    void saysWhatTheServerRefuses() {
        TemplatePath path = template(false);
        Answer.Refused refused = assertInstanceOf(
                Answer.Refused.class,
                api.write(path, read(path), new RunSize(0, null, null), new Attempt("d17-1", null)));
        assertEquals(422, refused.code());
    }

    @Override
    TemplateApi api() {
        return api;
    }

    @Override
    TemplatePath template(boolean dynamic) {
        return ScheduledApplications.create(admin, namespace, "nightly-" + OBJECTS.incrementAndGet(), dynamic);
    }

    @Override
    TemplatePath createAgain(TemplatePath path) {
        ScheduledApplications.delete(admin, path);
        return ScheduledApplications.create(admin, namespace, path.object().name(), path.dynamic());
    }

    @Override
    void touch(TemplatePath path) {
        ScheduledApplications.reschedule(admin, path);
    }
}
