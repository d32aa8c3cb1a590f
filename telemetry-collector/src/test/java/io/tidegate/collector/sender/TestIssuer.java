package io.tidegate.collector.sender;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jose4j.jwk.JsonWebKey.OutputControlLevel;
import org.jose4j.jwk.JsonWebKeySet;
import org.jose4j.jwk.PublicJsonWebKey;
import org.jose4j.jws.JsonWebSignature;
import org.jose4j.jwt.JwtClaims;
import org.jose4j.jwt.NumericDate;
import org.jose4j.lang.JoseException;

/** Issues tokens as an API server does. */
final class TestIssuer {

    static final String ISSUER = "https://kubernetes.default.svc";
    static final String AUDIENCE = "tidegate-collector";
    static final Instant NOW = Instant.parse("2026-11-29T12:00:00Z");

    private TestIssuer() {}

    /** Claims of a good token. */
    static JwtClaims claims() {
        JwtClaims claims = new JwtClaims();
        claims.setIssuer(ISSUER);
        claims.setAudience(AUDIENCE);
        claims.setSubject("system:serviceaccount:sales:spark");
        claims.setIssuedAt(seconds(-60));
        claims.setNotBefore(seconds(-60));
        claims.setExpirationTime(seconds(600));
        claims.setClaim("kubernetes.io", bound());
        return claims;
    }

    static Map<String, Object> bound() {
        return Map.of(
                "namespace",
                "sales",
                "pod",
                Map.of("name", "daily-driver", "uid", "u-1"),
                "serviceaccount",
                Map.of("name", "spark", "uid", "u-2"));
    }

    static NumericDate seconds(long fromNow) {
        return NumericDate.fromSeconds(NOW.getEpochSecond() + fromNow);
    }

    static String token(PublicJsonWebKey key, String algorithm, Consumer<JwtClaims> change) {
        JwtClaims claims = claims();
        change.accept(claims);
        return sign(key, algorithm, claims.toJson());
    }

    static String sign(PublicJsonWebKey key, String algorithm, String payload) {
        JsonWebSignature signature = new JsonWebSignature();
        signature.setPayload(payload);
        signature.setKey(key.getPrivateKey());
        signature.setKeyIdHeaderValue(key.getKeyId());
        signature.setAlgorithmHeaderValue(algorithm);
        try {
            return signature.getCompactSerialization();
        } catch (JoseException e) {
            throw new AssertionError(e);
        }
    }

    static String keySet(PublicJsonWebKey... keys) {
        return new JsonWebKeySet(List.of(keys)).toJson(OutputControlLevel.PUBLIC_ONLY);
    }
}
