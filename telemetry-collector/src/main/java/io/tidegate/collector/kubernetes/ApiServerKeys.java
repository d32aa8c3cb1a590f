package io.tidegate.collector.kubernetes;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.tidegate.collector.sender.KeySource;
import org.jspecify.annotations.Nullable;

/** Reads the keys that the API server publishes. */
final class ApiServerKeys implements KeySource {

    private static final String CONFIGURATION = "/.well-known/openid-configuration";
    private static final String KEYS = "/openid/v1/jwks";

    private final JsonMapper mapper = JsonMapper.builder().build();
    private final KubernetesClient client;

    ApiServerKeys(KubernetesClient client) {
        this.client = client;
    }

    @Override
    public Published read() throws UnreadableException {
        try {
            JsonNode issuer = mapper.readTree(raw(CONFIGURATION)).path("issuer");
            if (!issuer.isTextual() || issuer.textValue().isEmpty()) {
                throw new UnreadableException(CONFIGURATION + " names no issuer", null);
            }
            return new Published(issuer.textValue(), raw(KEYS));
        } catch (JsonProcessingException e) {
            throw new UnreadableException(CONFIGURATION + " gave no JSON", e);
        }
    }

    private String raw(String path) throws UnreadableException {
        try {
            @Nullable String answer = client.raw(path);
            if (answer == null) {
                throw new UnreadableException(path + " is not there", null);
            }
            return answer;
        } catch (KubernetesClientException e) {
            throw new UnreadableException(path + ": " + e.getMessage(), e);
        }
    }
}
