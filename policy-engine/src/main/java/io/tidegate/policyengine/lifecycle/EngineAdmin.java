package io.tidegate.policyengine.lifecycle;

import io.tidegate.policyengine.EngineConfig;
import io.tidegate.policyengine.topology.StreamsSettings;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;

/** Kafka's admin client for what is asked once, before the start. */
final class EngineAdmin {

    private static final int TIMEOUT_MS = 10_000;

    private EngineAdmin() {}

    /** A client whose calls fail after 10 s; one request may be lost within that. */
    static Admin create(EngineConfig config, String clientId) {
        Map<String, Object> settings = StreamsSettings.client(config);
        settings.put(AdminClientConfig.CLIENT_ID_CONFIG, clientId);
        settings.put(AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG, TIMEOUT_MS / 2);
        settings.put(AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, TIMEOUT_MS);
        return Admin.create(settings);
    }
}
