package io.tidegate.policyengine.topology;

/**
 * Where an engine's REST interface is.
 *
 * @param host host name or address
 * @param port port
 */
public record EngineAddress(String host, int port) {

    /** Parses {@code host:port}. */
    public static EngineAddress parse(String address) {
        int colon = address.lastIndexOf(':');
        return new EngineAddress(address.substring(0, colon), Integer.parseInt(address.substring(colon + 1)));
    }

    @Override
    public String toString() {
        return host + ":" + port;
    }
}
