package io.tidegate.testbed.spark;

import io.tidegate.testbed.kubelet.EntryPoint;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** What stands for a Spark image, once as a driver's and once as an executor's. */
public final class SparkImages {
    /** The image of driver pods. */
    public static final String DRIVER = "spark-driver";

    /** The image of executor pods, for {@code spark.kubernetes.container.image}. */
    public static final String EXECUTOR = "spark-executor";

    private static final String JAVA_OPTION = "SPARK_JAVA_OPT_";
    private static final String CONF = "--conf";

    private SparkImages() {}

    /** Both, by name. They look for Spark when they are first used. */
    public static Map<String, EntryPoint> all() {
        return all(SparkRuntime::locate);
    }

    static Map<String, EntryPoint> all(Supplier<SparkRuntime> runtime) {
        return Map.of(
                DRIVER,
                (arguments, environment) -> driver(runtime.get(), arguments, environment),
                EXECUTOR,
                new Executor(runtime));
    }

    /** As {@code spark-submit} in client mode, which is what the driver of a cluster-mode application is. */
    private static List<String> driver(SparkRuntime runtime, List<String> arguments, Map<String, String> environment) {
        List<String> options = new ArrayList<>();
        options.add("-Xmx" + conf(arguments, "spark.driver.memory").orElse("512m"));
        conf(arguments, "spark.driver.extraJavaOptions").ifPresent(more -> options.addAll(List.of(more.split(" +"))));
        List<String> command = runtime.command(
                options, conf(arguments, "spark.driver.extraClassPath").orElse(""));
        command.addAll(List.of(
                "org.apache.spark.deploy.SparkSubmit",
                CONF,
                "spark.driver.bindAddress=" + environment.getOrDefault("SPARK_DRIVER_BIND_ADDRESS", ""),
                "--deploy-mode",
                "client"));
        command.addAll(withoutFirst("driver", arguments));
        return command;
    }

    /** The last value that the arguments give to a setting. */
    private static Optional<String> conf(List<String> arguments, String key) {
        String prefix = key + "=";
        Optional<String> value = Optional.empty();
        for (int i = 1; i < arguments.size(); i++) {
            if (arguments.get(i - 1).equals(CONF) && arguments.get(i).startsWith(prefix)) {
                value = Optional.of(arguments.get(i).substring(prefix.length()));
            }
        }
        return value;
    }

    private static List<String> withoutFirst(String word, List<String> arguments) {
        return !arguments.isEmpty() && arguments.getFirst().equals(word)
                ? arguments.subList(1, arguments.size())
                : arguments;
    }

    /** The backend that Spark's own image starts, from the variables that Spark gives to executor pods. */
    private record Executor(Supplier<SparkRuntime> runtime) implements EntryPoint {
        @Override
        public List<String> command(List<String> arguments, Map<String, String> environment) {
            List<String> options = new ArrayList<>(javaOptions(environment));
            options.add("-Xmx" + environment.getOrDefault("SPARK_EXECUTOR_MEMORY", "512m"));
            List<String> command = runtime.get().command(options, environment.getOrDefault("SPARK_CLASSPATH", ""));
            command.add("org.apache.spark.scheduler.cluster.k8s.KubernetesExecutorBackend");
            Map<String, String> flags = Map.of(
                    "--driver-url", "SPARK_DRIVER_URL",
                    "--executor-id", "SPARK_EXECUTOR_ID",
                    "--cores", "SPARK_EXECUTOR_CORES",
                    "--app-id", "SPARK_APPLICATION_ID",
                    "--hostname", "SPARK_EXECUTOR_POD_IP",
                    "--resourceProfileId", "SPARK_RESOURCE_PROFILE_ID",
                    "--podName", "SPARK_EXECUTOR_POD_NAME");
            flags.forEach((flag, variable) -> command.addAll(List.of(flag, environment.getOrDefault(variable, ""))));
            return command;
        }

        /** Decommissioning: what Spark's script does to the executor that it finds. */
        @Override
        public Optional<String> preStopSignal() {
            return Optional.of("PWR");
        }

        private static Stream<String> numbered(Map<String, String> environment) {
            return environment.keySet().stream()
                    .filter(name -> name.startsWith(JAVA_OPTION))
                    .sorted(Comparator.comparingInt(name -> Integer.parseInt(name.substring(JAVA_OPTION.length()))));
        }

        private static List<String> javaOptions(Map<String, String> environment) {
            return numbered(environment)
                    .map(name -> environment.getOrDefault(name, ""))
                    .toList();
        }
    }
}
