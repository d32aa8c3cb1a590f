package io.tidegate.it.deploy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.tidegate.testbed.broker.BrokerLogin;
import io.tidegate.testbed.controlplane.ControlPlane;
import io.tidegate.testbed.files.TestbedHome;
import io.tidegate.testbed.services.ServiceKind;
import io.tidegate.testbed.services.TidegateServices;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** How the services log in at Kafka, and what the broker is told for it. */
interface KafkaLogin {

    BrokerLogin broker() throws IOException;

    /** As the authorizer knows the user. */
    String principal(String user);

    /** Variables of a service. */
    Map<String, String> variables(ServiceKind kind) throws IOException;

    /** As the chart has it: by a file of a Secret. */
    record ByPassword(Path folder) implements KafkaLogin {

        static final Map<String, String> PASSWORDS = Stream.of(ServiceKind.values())
                .collect(Collectors.toMap(ServiceKind::serviceAccount, kind -> "of-" + kind.module()));

        /** Settings of a client. */
        static Map<String, String> client(String user, String password) {
            return Map.of(
                    "security.protocol",
                    "SASL_PLAINTEXT",
                    "sasl.mechanism",
                    "PLAIN",
                    "sasl.jaas.config",
                    "org.apache.kafka.common.security.plain.PlainLoginModule required username=\"%s\" password=\"%s\";"
                            .formatted(user, password));
        }

        @Override
        public BrokerLogin broker() {
            return new BrokerLogin.Passwords(PASSWORDS);
        }

        @Override
        public String principal(String user) {
            return "User:" + user;
        }

        @Override
        public Map<String, String> variables(ServiceKind kind) throws IOException {
            String text =
                    client(kind.serviceAccount(), PASSWORDS.getOrDefault(kind.serviceAccount(), "")).entrySet().stream()
                            .map(one -> "tidegate.kafka.properties.\"%s\"=%s\n".formatted(one.getKey(), one.getValue()))
                            .collect(Collectors.joining());
            Path file = Files.writeString(folder.resolve(kind.module() + ".properties"), text);
            return Map.of("QUARKUS_CONFIG_LOCATIONS", file.toString());
        }
    }

    /** As the kustomize component {@code oidc} has it, but for the place of the token, and without TLS. */
    record ByToken(ControlPlane plane, Path folder) implements KafkaLogin {

        private static final Path COMPONENT = TestbedHome.root().resolve("k8s/kustomize/components/oidc");
        private static final String TOKEN = "/var/run/secrets/tidegate/kafka/token";
        private static final String AUDIENCE = "kafka";

        @Override
        public BrokerLogin broker() throws IOException {
            String keys = published("/openid/v1/jwks");
            String issuer = new JsonMapper()
                    .readTree(published("/.well-known/openid-configuration"))
                    .path("issuer")
                    .asText();
            return new BrokerLogin.Tokens(Files.writeString(folder.resolve("keys.json"), keys), issuer, AUDIENCE);
        }

        private String published(String path) {
            return Objects.requireNonNull(plane.client().raw(path), path);
        }

        @Override
        public String principal(String user) {
            return "User:system:serviceaccount:" + TidegateServices.NAMESPACE + ":" + user;
        }

        @Override
        public Map<String, String> variables(ServiceKind kind) throws IOException {
            String issued = plane.serviceAccounts()
                    .token(TidegateServices.NAMESPACE, kind.serviceAccount(), Duration.ofHours(1), AUDIENCE);
            Path token = Files.writeString(folder.resolve(kind.module() + ".token"), issued);
            String text = Rendered.parse(Files.readString(COMPONENT.resolve("oidc.yaml")))
                    .of("ConfigMap", "tidegate-oidc")
                    .path("data")
                    .path("application.properties")
                    .asText()
                    .replace(TOKEN, token.toString())
                    .replace("SASL_SSL", "SASL_PLAINTEXT");
            Path file = Files.writeString(folder.resolve(kind.module() + ".properties"), text);
            return Map.of(
                    "QUARKUS_CONFIG_LOCATIONS",
                    file.toString(),
                    "JAVA_TOOL_OPTIONS",
                    options().replace(TOKEN, token.toString()));
        }

        /** What the component gives the JVM. */
        private static String options() throws IOException {
            JsonNode component = Rendered.parse(Files.readString(COMPONENT.resolve("kustomization.yaml")))
                    .all()
                    .getFirst();
            JsonNode deployment = Rendered.parse(
                            component.at("/patches/0/patch").asText())
                    .all()
                    .getFirst();
            for (JsonNode variable : deployment.at("/spec/template/spec/containers/0/env")) {
                if (variable.path("name").asText().equals("JAVA_TOOL_OPTIONS")) {
                    return variable.path("value").asText();
                }
            }
            throw new AssertionError("the component sets no JAVA_TOOL_OPTIONS");
        }
    }
}
