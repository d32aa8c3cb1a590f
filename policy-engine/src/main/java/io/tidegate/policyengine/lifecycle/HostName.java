package io.tidegate.policyengine.lifecycle;

import java.net.InetAddress;
import java.net.UnknownHostException;

/** The name of this host. */
final class HostName {

    private HostName() {}

    static String local() {
        try {
            return InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException e) {
            return "localhost";
        }
    }
}
