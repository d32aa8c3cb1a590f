package io.tidegate.testbed.spark;

import io.tidegate.testbed.files.TestbedHome;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * A Spark application to be run.
 *
 * @param namespace where its pods are
 * @param name its name, and the beginning of its pods' names
 * @param mainClass class with the main method
 * @param arguments of the main method
 * @param conf Spark's settings, over those that make it run here
 * @param labels of the driver pod, besides Spark's own
 * @param annotations of the driver pod
 * @param jars on the class path of driver and executors, by {@code spark.jars}; the first has the main class
 * @param tokens projected into the driver pod
 */
public record SparkAppSpec(
        String namespace,
        String name,
        String mainClass,
        List<String> arguments,
        Map<String, String> conf,
        Map<String, String> labels,
        Map<String, String> annotations,
        List<Path> jars,
        List<PodToken> tokens) {

    private static final String PLUGIN_JAR = "spark-plugin/target/spark-plugin.jar";
    private static final String TOKEN = "/var/run/secrets/tidegate/token";

    /**
     * A token of the driver's service account, for others than the API server.
     *
     * @param audience who is to accept it
     * @param path the file in which the driver finds it; the process kubelet replaces this path in the driver's
     *     settings, so one that is built into a program must be given to it as a setting too
     * @param validity how long it is valid; 10 minutes or more. It is replaced in time
     */
    public record PodToken(String audience, String path, Duration validity) {
        public PodToken {
            if (!path.matches("(/[^/]+){2,}")) {
                throw new IllegalArgumentException(path + " is not the absolute path of a file in a folder");
            }
        }

        String folder() {
            return path.substring(0, path.lastIndexOf('/'));
        }

        String file() {
            return path.substring(path.lastIndexOf('/') + 1);
        }
    }

    public SparkAppSpec {
        if (jars.isEmpty()) {
            throw new IllegalArgumentException("an application needs a jar");
        }
        arguments = List.copyOf(arguments);
        conf = Map.copyOf(conf);
        labels = Map.copyOf(labels);
        annotations = Map.copyOf(annotations);
        jars = List.copyOf(jars);
        tokens = List.copyOf(tokens);
    }

    /** One of the sample applications, with its own durations. */
    public static SparkAppSpec of(String namespace, String name, SampleApp app) {
        return new SparkAppSpec(
                namespace,
                name,
                app.mainClass(),
                List.of(),
                Map.of(),
                Map.of(),
                Map.of(),
                List.of(SampleApp.jar()),
                List.of());
    }

    public SparkAppSpec withArguments(String... values) {
        return new SparkAppSpec(namespace, name, mainClass, List.of(values), conf, labels, annotations, jars, tokens);
    }

    /** Adds settings. */
    public SparkAppSpec withConf(Map<String, String> more) {
        return new SparkAppSpec(
                namespace, name, mainClass, arguments, both(conf, more), labels, annotations, jars, tokens);
    }

    public SparkAppSpec withConf(String key, String value) {
        return withConf(Map.of(key, value));
    }

    /** A fixed number of executors. */
    public SparkAppSpec withExecutors(int count) {
        return withConf("spark.executor.instances", String.valueOf(count));
    }

    /** Executors on demand, with Spark's own means for what they need to leave without loss. */
    public SparkAppSpec withDynamicAllocation(int fewest, int most) {
        return withConf(Map.of(
                "spark.dynamicAllocation.enabled", "true",
                "spark.dynamicAllocation.shuffleTracking.enabled", "true",
                "spark.dynamicAllocation.minExecutors", String.valueOf(fewest),
                "spark.dynamicAllocation.initialExecutors", String.valueOf(fewest),
                "spark.dynamicAllocation.maxExecutors", String.valueOf(most)));
    }

    /** Executors that are asked to leave hand over what they hold, and then end by themselves. */
    public SparkAppSpec withDecommissioning() {
        return withConf(Map.of(
                "spark.decommission.enabled", "true",
                "spark.storage.decommission.enabled", "true",
                "spark.storage.decommission.replicationReattemptInterval", "1s"));
    }

    public SparkAppSpec withLabel(String key, String value) {
        return new SparkAppSpec(
                namespace,
                name,
                mainClass,
                arguments,
                conf,
                both(labels, Map.of(key, value)),
                annotations,
                jars,
                tokens);
    }

    public SparkAppSpec withAnnotation(String key, String value) {
        return new SparkAppSpec(
                namespace,
                name,
                mainClass,
                arguments,
                conf,
                labels,
                both(annotations, Map.of(key, value)),
                jars,
                tokens);
    }

    /** Adds a jar, such as one with a driver plugin, for driver and executors. */
    public SparkAppSpec withJar(Path jar) {
        List<Path> more = Stream.concat(jars.stream(), Stream.of(jar)).toList();
        return new SparkAppSpec(namespace, name, mainClass, arguments, conf, labels, annotations, more, tokens);
    }

    /** Adds Tidegate's plugin, which tells a collector at this address, and the token by which it proves who it is. */
    public SparkAppSpec withPlugin(String collector) {
        return withJar(TestbedHome.root().resolve(PLUGIN_JAR))
                .withConf(Map.of(
                        "spark.plugins", "io.tidegate.spark.TidegatePlugin",
                        "spark.tidegate.collector.url", collector,
                        "spark.tidegate.collector.tokenFile", TOKEN))
                .withToken(new PodToken("tidegate-collector", TOKEN, Duration.ofMinutes(10)));
    }

    public SparkAppSpec withToken(PodToken token) {
        List<PodToken> more = Stream.concat(tokens.stream(), Stream.of(token)).toList();
        return new SparkAppSpec(namespace, name, mainClass, arguments, conf, labels, annotations, jars, more);
    }

    private static Map<String, String> both(Map<String, String> first, Map<String, String> second) {
        Map<String, String> all = new LinkedHashMap<>(first);
        all.putAll(second);
        return all;
    }
}
