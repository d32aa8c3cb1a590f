package io.tidegate.autoscaler.config;

import io.smallrye.common.annotation.Identifier;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.eclipse.microprofile.config.ConfigProvider;

/** The checked configuration, and what Kafka's clients are given of it. Nobody gets any of it before it is checked. */
@Singleton
public class Settings {

    private final AutoscalerConfig config;
    private final String instance;

    public Settings(AutoscalerConfig config) {
        ConfigCheck.check(config);
        this.config = config;
        this.instance = config.instanceId().orElseGet(Settings::hostName);
    }

    /** The configuration. */
    public AutoscalerConfig config() {
        return config;
    }

    /** Name of this instance. */
    public String instance() {
        return instance;
    }

    /** What all Kafka clients are given. */
    @Produces
    @ApplicationScoped
    @Identifier("tidegate")
    public Map<String, Object> clients() {
        Map<String, Object> settings = new HashMap<>();
        settings.put(
                CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG, config.kafka().bootstrapServers());
        settings.putAll(config.kafka().properties());
        return settings;
    }

    /** What the consumer of targets is given. */
    @Produces
    @ApplicationScoped
    @Identifier("tidegate-targets")
    public Map<String, Object> targets() {
        Map<String, Object> settings = clients();
        int session = (int) config.kafka().sessionTimeout().toMillis();
        settings.put(ConsumerConfig.SESSION_TIMEOUT_MS_CONFIG, session);
        settings.put(ConsumerConfig.HEARTBEAT_INTERVAL_MS_CONFIG, session / 3);
        settings.put(ConsumerConfig.GROUP_INSTANCE_ID_CONFIG, instance);
        return settings;
    }

    private static String hostName() {
        try {
            return InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException e) {
            return ConfigProvider.getConfig()
                    .getOptionalValue("HOSTNAME", String.class)
                    .orElse("autoscaler");
        }
    }
}
