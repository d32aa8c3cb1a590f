package io.tidegate.testbed.spark;

import io.fabric8.kubernetes.api.model.ContainerBuilder;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.EnvVarBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.Volume;
import io.fabric8.kubernetes.api.model.VolumeBuilder;
import io.fabric8.kubernetes.api.model.VolumeMount;
import io.fabric8.kubernetes.api.model.VolumeMountBuilder;
import io.tidegate.testbed.controlplane.NodeKind;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** The driver pod as Spark's own submission in cluster mode makes it, but for the settings, which are arguments here. */
final class DriverPod {
    static final String CONTAINER = "spark-kubernetes-driver";
    static final int UI_PORT = 4040;

    private static final int RPC_PORT = 7078;
    private static final int BLOCK_MANAGER_PORT = 7079;
    private static final String API_ACCESS = "/var/run/secrets/kubernetes.io/serviceaccount";
    private static final String LOCAL_DIRECTORY = "/var/data/spark-local";
    private static final String AUTHENTICATION = "spark.kubernetes.authenticate.driver.mounted.";

    private final SparkAppSpec spec;
    private final String appId;
    private final String name;
    private final String server;

    /** @param server URL of the API server */
    DriverPod(SparkAppSpec spec, String appId, String name, String server) {
        this.spec = spec;
        this.appId = appId;
        this.name = name;
        this.server = server;
    }

    Pod build() {
        Map<String, String> conf = conf();
        Map<String, String> labels = new LinkedHashMap<>(spec.labels());
        labels.put("spark-role", "driver");
        labels.put("spark-app-selector", appId);
        labels.put("spark-app-name", spec.name());
        labels.put("spark-version", "4.1.1");
        return new PodBuilder()
                .withNewMetadata()
                .withNamespace(spec.namespace())
                .withName(name)
                .withLabels(labels)
                .withAnnotations(spec.annotations())
                .endMetadata()
                .withNewSpec()
                .withRestartPolicy("Never")
                .withServiceAccountName(SparkAccess.SERVICE_ACCOUNT)
                .addToNodeSelector(NodeKind.LABEL, NodeKind.PROCESS.value())
                .withVolumes(volumes())
                .withContainers(new ContainerBuilder()
                        .withName(CONTAINER)
                        .withImage(SparkImages.DRIVER)
                        .withArgs(arguments(conf))
                        .withEnv(environment())
                        .withVolumeMounts(mounts())
                        .addNewPort()
                        .withName("driver-rpc-port")
                        .withContainerPort(RPC_PORT)
                        .endPort()
                        .addNewPort()
                        .withName("blockmanager")
                        .withContainerPort(BLOCK_MANAGER_PORT)
                        .endPort()
                        .addNewPort()
                        .withName("spark-ui")
                        .withContainerPort(UI_PORT)
                        .endPort()
                        .withNewResources()
                        .addToRequests("cpu", new Quantity("100m"))
                        .addToRequests("memory", new Quantity("1Gi"))
                        .addToLimits("memory", new Quantity("1Gi"))
                        .endResources()
                        .build())
                .endSpec()
                .build();
    }

    private List<String> arguments(Map<String, String> conf) {
        List<String> arguments = new ArrayList<>();
        arguments.add("driver");
        conf.forEach((key, value) -> {
            arguments.add("--conf");
            arguments.add(key + "=" + value);
        });
        arguments.add("--class");
        arguments.add(spec.mainClass());
        arguments.add("local://" + spec.jars().getFirst());
        arguments.addAll(spec.arguments());
        return arguments;
    }

    private Map<String, String> conf() {
        Map<String, String> conf = new TreeMap<>();
        conf.put("spark.app.id", appId);
        conf.put("spark.app.name", spec.name());
        conf.put("spark.master", "k8s://" + server);
        conf.put("spark.jars", spec.jars().stream().map(jar -> "local://" + jar).collect(Collectors.joining(",")));
        conf.put("spark.driver.host", "$(SPARK_DRIVER_BIND_ADDRESS)");
        conf.put("spark.driver.port", String.valueOf(RPC_PORT));
        conf.put("spark.driver.blockManager.port", String.valueOf(BLOCK_MANAGER_PORT));
        conf.put("spark.driver.memory", "512m");
        conf.put("spark.ui.port", String.valueOf(UI_PORT));
        conf.put("spark.executor.cores", "1");
        conf.put("spark.executor.memory", "512m");
        conf.put("spark.kubernetes.submitInDriver", "true");
        conf.put("spark.kubernetes.driver.master", server);
        conf.put("spark.kubernetes.driver.pod.name", name);
        conf.put(AUTHENTICATION + "caCertFile", API_ACCESS + "/ca.crt");
        conf.put(AUTHENTICATION + "oauthTokenFile", API_ACCESS + "/token");
        conf.put("spark.kubernetes.namespace", spec.namespace());
        conf.put("spark.kubernetes.container.image", SparkImages.EXECUTOR);
        conf.put("spark.kubernetes.executor.podNamePrefix", name.replaceAll("-driver$", ""));
        conf.put("spark.kubernetes.executor.request.cores", "100m");
        conf.put("spark.kubernetes.node.selector." + NodeKind.LABEL, NodeKind.PROCESS.value());
        // What else it would make or delete: a config map of settings, and the service that finds the driver.
        conf.put("spark.kubernetes.executor.disableConfigMap", "true");
        conf.put("spark.kubernetes.driver.service.deleteOnTermination", "false");
        conf.put("spark.kubernetes.driver.ownPersistentVolumeClaim", "false");
        conf.putAll(spec.conf());
        return conf;
    }

    private static List<EnvVar> environment() {
        return List.of(
                new EnvVarBuilder()
                        .withName("SPARK_DRIVER_BIND_ADDRESS")
                        .withNewValueFrom()
                        .withNewFieldRef("v1", "status.podIP")
                        .endValueFrom()
                        .build(),
                // Where the user interface listens.
                variable("SPARK_LOCAL_IP", "$(SPARK_DRIVER_BIND_ADDRESS)"),
                variable("SPARK_LOCAL_DIRS", LOCAL_DIRECTORY),
                // Else the Kubernetes client would read the settings of the user who runs the testbed.
                variable("HOME", LOCAL_DIRECTORY),
                variable("TERMINATION_LOG", "/dev/termination-log"));
    }

    private static EnvVar variable(String name, String value) {
        return new EnvVarBuilder().withName(name).withValue(value).build();
    }

    private List<Volume> volumes() {
        List<Volume> volumes = new ArrayList<>();
        volumes.add(new VolumeBuilder()
                .withName("spark-local-dir-1")
                .withNewEmptyDir()
                .endEmptyDir()
                .build());
        for (int i = 0; i < spec.tokens().size(); i++) {
            SparkAppSpec.PodToken token = spec.tokens().get(i);
            volumes.add(new VolumeBuilder()
                    .withName("token-" + i)
                    .withNewProjected()
                    .addNewSource()
                    .withNewServiceAccountToken(
                            token.audience(), token.validity().toSeconds(), token.file())
                    .endSource()
                    .endProjected()
                    .build());
        }
        return volumes;
    }

    private List<VolumeMount> mounts() {
        List<VolumeMount> mounts = new ArrayList<>();
        mounts.add(mount("spark-local-dir-1", LOCAL_DIRECTORY));
        for (int i = 0; i < spec.tokens().size(); i++) {
            mounts.add(mount("token-" + i, spec.tokens().get(i).folder()));
        }
        return mounts;
    }

    private static VolumeMount mount(String volume, String path) {
        return new VolumeMountBuilder().withName(volume).withMountPath(path).build();
    }
}
