package io.tidegate.collector.kubernetes;

import io.tidegate.collector.http.DirectHttp;
import io.tidegate.collector.kubernetes.Specs.RefusedSpecException;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Checks the addresses that Connections name. */
final class Addresses {

    /** As in the CRD: no user, no query and no fragment, so that nothing secret lies in it. */
    private static final Pattern URL = Pattern.compile(
            "https?://([A-Za-z0-9]([-A-Za-z0-9.]*[A-Za-z0-9])?|\\[[0-9A-Fa-f:.]+\\])(:[0-9]{1,5})?(/[-A-Za-z0-9._~/]*)?");

    private static final Pattern LITERAL = Pattern.compile("[0-9.]{7,15}|\\[[0-9A-Fa-f:.]{2,45}\\]");
    private static final int LONGEST = 512;
    private static final int MOST_PORT = 65_535;

    private Addresses() {}

    /** Where the API of a Prometheus begins. */
    static URI prometheus(@Nullable String url) throws RefusedSpecException {
        if (url == null || url.length() > LONGEST || !URL.matcher(url).matches()) {
            throw new RefusedSpecException(
                    "prometheus.url must be a URL such as http://prometheus.monitoring.svc:9090, without user, query and fragment");
        }
        URI address = URI.create(url);
        if (address.getHost() == null || address.getPort() > MOST_PORT || address.getPort() == 0) {
            throw new RefusedSpecException("prometheus.url has no valid host and port");
        }
        if (LITERAL.matcher(address.getHost()).matches() && !isCallable(address.getHost())) {
            throw new RefusedSpecException("prometheus.url must not be a link-local, multicast or unspecified address");
        }
        return address;
    }

    private static boolean isCallable(String literal) {
        try {
            // Nothing is looked up.
            return DirectHttp.isCallable(InetAddress.getByName(literal));
        } catch (UnknownHostException e) {
            return false;
        }
    }
}
