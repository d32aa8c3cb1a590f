package io.tidegate.testbed.broker;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * A listener whose clients log in, and may do what the broker's ACLs allow them and nothing else. Clients of the other listener,
 * which has no login, may do everything.
 */
record UserListener(int port, BrokerLogin login) {

    private static final String NAME = "USERS";
    private static final String MODULES = "org.apache.kafka.common.security.";

    String bootstrapServers() {
        return "127.0.0.1:" + port;
    }

    void addTo(Map<String, String> entries) {
        entries.merge("listeners", NAME + "://" + bootstrapServers(), UserListener::joined);
        entries.merge("advertised.listeners", NAME + "://" + bootstrapServers(), UserListener::joined);
        entries.merge("listener.security.protocol.map", NAME + ":SASL_PLAINTEXT", UserListener::joined);
        entries.put("authorizer.class.name", "org.apache.kafka.metadata.authorizer.StandardAuthorizer");
        entries.put("super.users", "User:ANONYMOUS");
        switch (login) {
            case BrokerLogin.Passwords passwords -> {
                entries.put("sasl.enabled.mechanisms", "PLAIN");
                entries.put("listener.name.users.plain.sasl.jaas.config", jaas(passwords));
            }
            case BrokerLogin.Tokens tokens -> {
                String prefix = "listener.name.users.oauthbearer.sasl.";
                entries.put("sasl.enabled.mechanisms", "OAUTHBEARER");
                entries.put(prefix + "jaas.config", MODULES + "oauthbearer.OAuthBearerLoginModule required;");
                entries.put(
                        prefix + "server.callback.handler.class",
                        MODULES + "oauthbearer.OAuthBearerValidatorCallbackHandler");
                entries.put(
                        "sasl.oauthbearer.jwks.endpoint.url",
                        tokens.keys().toUri().toString());
                entries.put("sasl.oauthbearer.expected.issuer", tokens.issuer());
                entries.put("sasl.oauthbearer.expected.audience", tokens.audience());
            }
        }
    }

    /** Kafka reads no keys from where its JVM is not told it may. */
    List<String> jvmOptions() {
        String allowed = "-Dorg.apache.kafka.sasl.oauthbearer.allowed.";
        return switch (login) {
            case BrokerLogin.Passwords unused -> List.of();
            case BrokerLogin.Tokens tokens ->
                List.of(
                        allowed + "urls=" + tokens.keys().toUri(),
                        allowed + "files=" + tokens.keys().toAbsolutePath());
        };
    }

    private static String jaas(BrokerLogin.Passwords passwords) {
        return new TreeMap<>(passwords.byUser())
                .entrySet().stream()
                        .map(user -> "user_" + user.getKey() + "=\"" + user.getValue() + "\"")
                        .collect(Collectors.joining(" ", MODULES + "plain.PlainLoginModule required ", ";"));
    }

    private static String joined(String before, String more) {
        return before + "," + more;
    }
}
