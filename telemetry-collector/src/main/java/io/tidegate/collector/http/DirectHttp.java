package io.tidegate.collector.http;

import java.net.InetAddress;
import java.net.http.HttpClient;
import java.time.Duration;

/** Clients for servers that users name. */
public final class DirectHttp {

    private DirectHttp() {}

    /**
     * A client that calls nothing but what it is told: it follows no redirect and asks no proxy.
     *
     * @param limit how long it may take to connect
     */
    public static HttpClient client(Duration limit) {
        return HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .followRedirects(HttpClient.Redirect.NEVER)
                .proxy(HttpClient.Builder.NO_PROXY)
                .connectTimeout(limit)
                .build();
    }

    /** Whether an address may be called: link-local ones serve metadata of machines, and others name no server. */
    public static boolean isCallable(InetAddress address) {
        return !address.isLinkLocalAddress() && !address.isMulticastAddress() && !address.isAnyLocalAddress();
    }
}
