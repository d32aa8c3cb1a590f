package io.tidegate.testbed.services;

import java.util.List;

/**
 * How a service's process is started.
 *
 * @param prefix what stands before the command, such as a program that pins it to a core
 * @param jvmOptions options after those that the service always has
 * @param aotCache with an AOT cache, where the JVM has one
 */
public record ServiceLaunch(List<String> prefix, List<String> jvmOptions, boolean aotCache) {

    /** As the service is shipped. */
    public static final ServiceLaunch PLAIN = new ServiceLaunch(List.of(), List.of());

    public ServiceLaunch {
        prefix = List.copyOf(prefix);
        jvmOptions = List.copyOf(jvmOptions);
    }

    /** As the service is shipped, but for a prefix and further options. */
    public ServiceLaunch(List<String> prefix, List<String> jvmOptions) {
        this(prefix, jvmOptions, true);
    }

    /** The same, every class loaded and linked anew. */
    public ServiceLaunch withoutAotCache() {
        return new ServiceLaunch(prefix, jvmOptions, false);
    }

    /** A setting of the engine's Kafka clients, as an option. */
    public static String kafkaOption(String name, Object value) {
        return "-Dtidegate.kafka.properties.\"" + name + "\"=" + value;
    }
}
