package io.tidegate.collector.sender;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tidegate.collector.health.Outages;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jose4j.jwk.EcJwkGenerator;
import org.jose4j.jwk.PublicJsonWebKey;
import org.jose4j.keys.EllipticCurves;
import org.jose4j.lang.JoseException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SigningKeysTest {

    private final InlineLoop loop = new InlineLoop();
    private final Outages outages = new Outages(InstantSource.system());
    private String published = "{\"keys\":[]}";
    private boolean away;
    private int reads;
    private final SigningKeys keys = new SigningKeys(this::read, loop, outages);

    private KeySource.Published read() throws KeySource.UnreadableException {
        reads++;
        if (away) {
            throw new KeySource.UnreadableException("no answer", null);
        }
        return new KeySource.Published(TestIssuer.ISSUER, published);
    }

    private static PublicJsonWebKey key(String id) throws JoseException {
        PublicJsonWebKey key = EcJwkGenerator.generateJwk(EllipticCurves.P256);
        key.setKeyId(id);
        return key;
    }

    private Set<String> known(String keyId) {
        return keys.holding(keyId).map(trusted -> trusted.keys().keySet()).orElse(Set.of());
    }

    @Test
    void readsAgainForAnUnknownKeyButNotMoreOftenThanEachTenSeconds() throws JoseException {
        published = TestIssuer.keySet(key("one"));
        assertEquals(Set.of("one"), known("one"));
        assertEquals(1, reads);
        published = TestIssuer.keySet(key("one"), key("two"));
        for (int asked = 0; asked < 100; asked++) {
            assertEquals(Set.of("one"), known("two"));
        }
        assertEquals(1, reads);
        loop.advance(Duration.ofSeconds(10));
        assertEquals(Set.of("one", "two"), known("two"));
        assertEquals(2, reads);
        loop.advance(Duration.ofSeconds(30));
        assertEquals(Set.of("one", "two"), known("two"));
        assertEquals(2, reads);
    }

    @Test
    void goesOnWithTheLastKeysWhileTheServerIsAway() throws JoseException {
        published = TestIssuer.keySet(key("one"));
        keys.start();
        away = true;
        loop.advance(Duration.ofMinutes(5));
        assertEquals(2, reads);
        assertEquals(Set.of("one"), known("one"));
        assertEquals(
                Map.of("signing keys", "the API server's signing keys can't be read: no answer"), outages.current());
        away = false;
        loop.advance(Duration.ofMinutes(5));
        assertEquals(Map.of(), outages.current());
    }

    @Test
    void dropsAKeyThatIsPublishedNoLonger() throws JoseException {
        published = TestIssuer.keySet(key("one"));
        keys.start();
        published = TestIssuer.keySet(key("two"));
        loop.advance(Duration.ofMinutes(5));
        assertEquals(Set.of("two"), known("two"));
    }

    @Test
    void triesAgainUntilTheFirstKeysAreRead() throws JoseException {
        away = true;
        keys.start();
        assertEquals(Optional.empty(), keys.holding("one"));
        assertFalse(keys.areKnown());
        away = false;
        published = TestIssuer.keySet(key("one"));
        loop.advance(Duration.ofSeconds(10));
        assertTrue(keys.areKnown());
        assertEquals(Set.of("one"), known("one"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "[]",
                "{}",
                "{\"keys\":7}",
                "{\"keys\":[7]}",
                "{\"keys\":[{\"kty\":\"RSA\",\"kid\":\"a\"}]}",
                "{\"keys\":[{\"kty\":\"oct\",\"kid\":\"a\",\"k\":\"AAAA\"}]}",
                "{\"keys\":[{\"kty\":{},\"kid\":\"a\"}]}"
            })
    void takesNoKeyFromWhatIsNoKeySet(String answer) {
        published = answer;
        assertTrue(keys.holding("a").map(trusted -> trusted.keys().isEmpty()).orElse(true));
    }
}
