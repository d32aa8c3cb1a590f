package io.tidegate.testbed.broker;

import java.nio.file.Path;
import java.util.Map;

/** How users prove to a broker who they are. */
public sealed interface BrokerLogin {

    /**
     * By SASL/PLAIN.
     *
     * @param byUser the password of each user
     */
    record Passwords(Map<String, String> byUser) implements BrokerLogin {
        public Passwords {
            byUser = Map.copyOf(byUser);
        }
    }

    /**
     * By SASL/OAUTHBEARER; the user is the subject of a token.
     *
     * @param keys file with the keys that the issuer signs with, as a JSON Web Key Set
     * @param issuer what tokens must name as their issuer
     * @param audience what they must be for
     */
    record Tokens(Path keys, String issuer, String audience) implements BrokerLogin {}
}
