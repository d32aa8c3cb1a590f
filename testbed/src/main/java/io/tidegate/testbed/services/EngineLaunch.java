package io.tidegate.testbed.services;

import java.util.List;

/**
 * How an engine's process is started.
 *
 * @param prefix what stands before the command, such as a program that pins it to a core
 * @param jvmOptions options after those that the service always has
 */
public record EngineLaunch(List<String> prefix, List<String> jvmOptions) {

    /** As the service is shipped. */
    public static final EngineLaunch PLAIN = new EngineLaunch(List.of(), List.of());

    public EngineLaunch {
        prefix = List.copyOf(prefix);
        jvmOptions = List.copyOf(jvmOptions);
    }

    /** A setting of the engine's Kafka clients, as an option. */
    public static String kafkaOption(String name, Object value) {
        return "-Dtidegate.kafka.properties.\"" + name + "\"=" + value;
    }
}
