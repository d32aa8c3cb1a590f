package io.tidegate.testbed.kubelet;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.tidegate.testbed.junit.Isolation;
import io.tidegate.testbed.junit.OnTestbed;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.Test;

/** Pods that are told by files what to do, and who they are. */
@OnTestbed
class ConfiguredPodIT {
    private final KubernetesClient client;
    private final String namespace;

    ConfiguredPodIT(ProcessKubelet kubelet, KubernetesClient client, Isolation isolation) {
        this.client = client;
        this.namespace = isolation.namespace();
    }

    @Test
    void findsConfigMapsAndSecretsAsFiles() {
        apply("""
                apiVersion: v1
                kind: ConfigMap
                metadata: {name: settings, namespace: %1$s}
                data: {one: "1", two: "2"}
                ---
                apiVersion: v1
                kind: Secret
                metadata: {name: password, namespace: %1$s}
                stringData: {value: secret}
                """);
        pod(
                "files",
                "default",
                "cat $SETTINGS/one $SETTINGS/renamed $PASSWORD/value > $LAST_WORDS; test ! -e $SETTINGS/two",
                """
                - {name: settings, configMap: {name: settings, items: [{key: one, path: one}, {key: two, path: renamed}]}}
                    - {name: password, secret: {secretName: password}}""");

        assertEquals("12secret", lastWords("files"));
    }

    @Test
    void waitsForAConfigMapThatIsNotThereYet() {
        pod("early", "default", "cat $SETTINGS/one > $LAST_WORDS", """
                - {name: settings, configMap: {name: late}}
                    - {name: password, emptyDir: {}}""");
        await().until(() -> "late is not there"
                .equals(
                        status("early").getState().getWaiting() == null
                                ? ""
                                : status("early").getState().getWaiting().getMessage()));

        apply("""
                apiVersion: v1
                kind: ConfigMap
                metadata: {name: late, namespace: %1$s}
                data: {one: now}
                """);

        assertEquals("now", lastWords("early"));
    }

    /** By variables, since the place that programs know by heart is not theirs alone here. */
    @Test
    void learnsWhereItsTokenIs() {
        apply("""
                apiVersion: v1
                kind: ServiceAccount
                metadata: {name: reader, namespace: %1$s}
                """);
        pod(
                "known",
                "reader",
                "cut -d . -f 2 $KUBERNETES_AUTH_SERVICEACCOUNT_TOKEN > $LAST_WORDS; head -n 1 $KUBERNETES_CERTS_CA_FILE >> $LAST_WORDS",
                """
                - {name: settings, emptyDir: {}}
                    - {name: password, emptyDir: {}}""");

        String[] words = lastWords("known").split("\n", -1);
        String claims = new String(Base64.getUrlDecoder().decode(words[0]), StandardCharsets.UTF_8);
        assertTrue(claims.contains("\"system:serviceaccount:" + namespace + ":reader\""), claims);
        assertEquals("-----BEGIN CERTIFICATE-----", words[1]);
    }

    private void pod(String name, String account, String script, String volumes) {
        apply("""
                apiVersion: v1
                kind: Pod
                metadata: {name: %2$s, namespace: %1$s}
                spec:
                  nodeSelector: {tidegate.io/node: process}
                  serviceAccountName: %3$s
                  restartPolicy: Never
                  containers:
                    - name: main
                      image: example/shell
                      command: [/bin/sh, -c, '%4$s']
                      env:
                        - {name: SETTINGS, value: /etc/settings}
                        - {name: PASSWORD, value: /etc/password}
                        - {name: LAST_WORDS, value: /dev/termination-log}
                      volumeMounts:
                        - {name: settings, mountPath: /etc/settings}
                        - {name: password, mountPath: /etc/password}
                  volumes:
                    %5$s
                """.replace("%2$s", name)
                .replace("%3$s", account)
                .replace("%4$s", script)
                .replace("%5$s", volumes));
    }

    /** The namespace's own service account comes a moment after it. */
    private void apply(String yaml) {
        await().ignoreExceptions()
                .untilAsserted(() -> client.load(new ByteArrayInputStream(
                                yaml.replace("%1$s", namespace).getBytes(StandardCharsets.UTF_8)))
                        .serverSideApply());
    }

    private String lastWords(String name) {
        await().until(() -> status(name).getState().getTerminated() != null);
        assertEquals(0, status(name).getState().getTerminated().getExitCode());
        return status(name).getState().getTerminated().getMessage().strip();
    }

    private ContainerStatus status(String name) {
        await().until(() -> !get(name).getStatus().getContainerStatuses().isEmpty());
        return get(name).getStatus().getContainerStatuses().getFirst();
    }

    private Pod get(String name) {
        return client.pods().inNamespace(namespace).withName(name).get();
    }

    private static ConditionFactory await() {
        return Awaitility.await().atMost(Duration.ofSeconds(20)).pollInterval(Duration.ofMillis(50));
    }
}
