package io.tidegate.testbed.controlplane;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Base64;

/**
 * How to reach an API server.
 *
 * @param server its URL
 * @param authority certificates to trust, PEM; empty for what the system trusts
 */
record Kubeconfig(String server, String authority) {

    /** Writes a kubeconfig file (JSON is YAML) for the holder of a token; only this user can read it. */
    Path write(Path file, String user, String namespace, String token) {
        try {
            Credentials.writePrivate(file, json(user, namespace, token));
            return file;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private String json(String user, String namespace, String token) throws JsonProcessingException {
        JsonMapper mapper = new JsonMapper();
        ObjectNode root = mapper.createObjectNode();
        root.put("apiVersion", "v1").put("kind", "Config").put("current-context", "testbed");
        ObjectNode cluster =
                root.putArray("clusters").addObject().put("name", "testbed").putObject("cluster");
        cluster.put("server", server);
        if (!authority.isBlank()) {
            cluster.put(
                    "certificate-authority-data",
                    Base64.getEncoder().encodeToString(authority.getBytes(StandardCharsets.UTF_8)));
        }
        root.putArray("users").addObject().put("name", user).putObject("user").put("token", token);
        root.putArray("contexts")
                .addObject()
                .put("name", "testbed")
                .putObject("context")
                .put("cluster", "testbed")
                .put("user", user)
                .put("namespace", namespace);
        return mapper.writerWithDefaultPrettyPrinter().writeValueAsString(root);
    }
}
