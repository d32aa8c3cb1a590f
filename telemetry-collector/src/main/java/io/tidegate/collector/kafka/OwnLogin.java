package io.tidegate.collector.kafka;

import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * How clients log in to Tidegate's own Kafka, which also holds where a policy names the same cluster. A Connection has no login of
 * its own, and what it names is its author's choice: so nobody but the brokers of these addresses is shown this one.
 *
 * @param addresses brokers of Tidegate's own Kafka, as host:port
 * @param settings how to encrypt and log in
 */
public record OwnLogin(Set<String> addresses, Map<String, String> settings) {

    /** For a collector that has none. */
    public static final OwnLogin NONE = new OwnLogin(Set.of(), Map.of());

    public OwnLogin {
        addresses = Set.copyOf(addresses);
        settings = Map.copyOf(settings);
    }

    /**
     * Takes what is about encryption and login from the settings of the clients of Tidegate's own Kafka.
     *
     * @param bootstrapServers as host:port,host:port
     */
    public static OwnLogin of(String bootstrapServers, Map<String, String> properties) {
        return new OwnLogin(
                addresses(bootstrapServers).collect(Collectors.toSet()),
                properties.entrySet().stream()
                        .filter(setting -> Stream.of("security.", "ssl.", "sasl.")
                                .anyMatch(prefix -> setting.getKey().startsWith(prefix)))
                        .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue)));
    }

    /** Settings for these brokers: none unless all of them are of Tidegate's own Kafka. */
    Map<String, String> at(String bootstrapServers) {
        return addresses(bootstrapServers).allMatch(addresses::contains) ? settings : Map.of();
    }

    private static Stream<String> addresses(String bootstrapServers) {
        return Stream.of(bootstrapServers.split(",", -1)).map(String::strip);
    }

    /** Without the settings, which may hold a password. */
    @Override
    public String toString() {
        return "OwnLogin[addresses=" + addresses + "]";
    }
}
