package io.tidegate.policyengine.topology;

/**
 * Where an engine's REST interface is.
 *
 * @param host host name or address
 * @param port port
 */
public record EngineAddress(String host, int port) {
    @Override
    public String toString() {
        return host + ":" + port;
    }
}
