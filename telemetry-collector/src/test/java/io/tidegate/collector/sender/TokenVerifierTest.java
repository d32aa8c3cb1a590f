package io.tidegate.collector.sender;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.tidegate.collector.health.Outages;
import io.tidegate.collector.sender.TokenVerifier.Verdict;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jose4j.jwk.EcJwkGenerator;
import org.jose4j.jwk.EllipticCurveJsonWebKey;
import org.jose4j.jwk.JsonWebKey.OutputControlLevel;
import org.jose4j.jwk.RsaJsonWebKey;
import org.jose4j.jwk.RsaJwkGenerator;
import org.jose4j.jws.JsonWebSignature;
import org.jose4j.jwt.JwtClaims;
import org.jose4j.keys.EllipticCurves;
import org.jose4j.keys.HmacKey;
import org.jose4j.lang.JoseException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class TokenVerifierTest {

    private static final String CANARY = "canary-4711";
    private static final RsaJsonWebKey RSA = rsa("rsa");
    private static final RsaJsonWebKey OTHER_RSA = rsa("rsa");
    private static final EllipticCurveJsonWebKey EC = ec("ec");

    private final InlineLoop loop = new InlineLoop();
    private final SigningKeys keys = new SigningKeys(
            () -> new KeySource.Published(TestIssuer.ISSUER, TestIssuer.keySet(RSA, EC)),
            loop,
            new Outages(InstantSource.system()));
    private final TokenVerifier verifier =
            new TokenVerifier(keys, TestIssuer.AUDIENCE, InstantSource.fixed(TestIssuer.NOW));

    private static RsaJsonWebKey rsa(String id) {
        try {
            RsaJsonWebKey key = RsaJwkGenerator.generateJwk(2048);
            key.setKeyId(id);
            return key;
        } catch (JoseException e) {
            throw new AssertionError(e);
        }
    }

    private static EllipticCurveJsonWebKey ec(String id) {
        try {
            EllipticCurveJsonWebKey key = EcJwkGenerator.generateJwk(EllipticCurves.P256);
            key.setKeyId(id);
            return key;
        } catch (JoseException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void knowsThePodThatATokenIsBoundTo() {
        Verdict expected = new Verdict.Proven(new Sender("sales", "daily-driver", "u-1"));
        assertEquals(expected, verifier.verify("Bearer " + TestIssuer.token(RSA, "RS256", claims -> {})));
        assertEquals(expected, verifier.verify("bearer " + TestIssuer.token(EC, "ES256", claims -> {})));
    }

    @Test
    void takesATimeThatIsAFewSecondsOff() {
        assertInstanceOf(Verdict.Proven.class, verify(claims -> claims.setExpirationTime(TestIssuer.seconds(-9))));
        assertInstanceOf(Verdict.Proven.class, verify(claims -> claims.setNotBefore(TestIssuer.seconds(9))));
    }

    @ParameterizedTest
    @MethodSource
    void refusesATokenThatProvesNothing(Consumer<JwtClaims> change, String words) {
        assertEquals(new Verdict.Unproven(words), verify(change));
    }

    static Stream<Arguments> refusesATokenThatProvesNothing() {
        String otherwise = "the token is not one of a service account, signed with RS256 or ES256";
        return Stream.of(
                refused(claims -> claims.setExpirationTime(TestIssuer.seconds(-11)), "the token has expired"),
                refused(claims -> claims.setNotBefore(TestIssuer.seconds(11)), "the token is not valid yet"),
                refused(
                        claims -> claims.setAudience(CANARY),
                        "the token is of another audience than tidegate-collector"),
                refused(claims -> claims.unsetClaim("aud"), "the token is of another audience than tidegate-collector"),
                refused(claims -> claims.setIssuer(CANARY), "the token is of another issuer than the API server"),
                refused(claims -> claims.unsetClaim("iss"), "the token is of another issuer than the API server"),
                refused(claims -> claims.unsetClaim("exp"), otherwise),
                refused(claims -> claims.unsetClaim("sub"), otherwise),
                refused(claims -> claims.setClaim("exp", CANARY), otherwise),
                refused(claims -> claims.setClaim("aud", Map.of("a", CANARY)), otherwise));
    }

    private static Arguments refused(Consumer<JwtClaims> change, String words) {
        return arguments(change, words);
    }

    @ParameterizedTest
    @MethodSource
    void saysThatATokenIsNoPods(Object bound) {
        Verdict verdict = verify(claims -> claims.setClaim("kubernetes.io", bound));
        assertEquals(
                new Verdict.NoPod("the token is bound to no pod; use one that is projected into the driver's pod"),
                verdict);
    }

    static List<Object> saysThatATokenIsNoPods() {
        Map<String, Object> account = Map.of("name", "spark");
        return List.of(
                Map.of("namespace", "sales", "serviceaccount", account),
                Map.of("namespace", "sales", "serviceaccount", account, "pod", CANARY),
                Map.of("namespace", "sales", "serviceaccount", account, "pod", Map.of("name", "driver")),
                Map.of("namespace", "sales", "serviceaccount", account, "pod", Map.of("name", "driver", "uid", 7)),
                Map.of("namespace", "sales", "serviceaccount", account, "pod", Map.of("name", "", "uid", "u")),
                Map.of("namespace", "s".repeat(254), "serviceaccount", account, "pod", Map.of("name", "d", "uid", "u")),
                Map.of("namespace", "sales", "pod", Map.of("name", "driver", "uid", "u")),
                List.of(CANARY),
                CANARY);
    }

    @Test
    void refusesATokenOfAnotherKey() {
        assertEquals(
                new Verdict.Unproven("the token's signature is wrong"),
                verifier.verify("Bearer " + TestIssuer.token(OTHER_RSA, "RS256", claims -> {})));
        assertEquals(
                new Verdict.Unproven("the token is signed with a key that the API server does not publish"),
                verifier.verify("Bearer " + TestIssuer.token(rsa("unknown"), "RS256", claims -> {})));
    }

    @Test
    void refusesAnotherAlgorithm() throws JoseException {
        Verdict refused = new Verdict.Unproven("the token is not one of a service account, signed with RS256 or ES256");
        assertEquals(refused, verifier.verify("Bearer " + TestIssuer.token(RSA, "RS384", claims -> {})));
        assertEquals(refused, verifier.verify("Bearer " + TestIssuer.token(RSA, "PS256", claims -> {})));
        assertEquals(refused, verifier.verify("Bearer " + signedWithThePublicKeyAsSecret()));
        assertEquals(refused, verifier.verify("Bearer " + unsigned()));
    }

    private static String signedWithThePublicKeyAsSecret() throws JoseException {
        JsonWebSignature signature = new JsonWebSignature();
        signature.setPayload(TestIssuer.claims().toJson());
        signature.setKey(new HmacKey(RSA.toJson(OutputControlLevel.PUBLIC_ONLY).getBytes(StandardCharsets.UTF_8)));
        signature.setKeyIdHeaderValue("rsa");
        signature.setAlgorithmHeaderValue("HS256");
        return signature.getCompactSerialization();
    }

    private static String unsigned() {
        return base64("{\"alg\":\"none\",\"kid\":\"rsa\"}") + "."
                + base64(TestIssuer.claims().toJson()) + ".";
    }

    @Test
    void refusesAPayloadThatWasChanged() {
        String[] parts = TestIssuer.token(RSA, "RS256", claims -> {}).split("\\.", -1);
        String changed = base64(TestIssuer.claims().toJson().replace("u-1", "u-9"));
        assertEquals(
                new Verdict.Unproven("the token's signature is wrong"),
                verifier.verify("Bearer " + parts[0] + "." + changed + "." + parts[2]));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "Bearer",
                "Bearer ",
                "Bearer " + CANARY,
                "Bearer ..",
                "Bearer a.b.c",
                "Bearer a.b.c.d.e",
                "Basic " + CANARY,
                "Bearer \u0000.\u0000.\u0000"
            })
    void refusesWhatIsNoToken(String authorization) {
        Verdict.Unproven refused = assertInstanceOf(Verdict.Unproven.class, verifier.verify(authorization));
        assertFalse(refused.words().contains(CANARY), refused.words());
    }

    @Test
    void refusesHostileHeadersOfTokens() {
        for (String header : List.of(
                "[".repeat(5_000),
                "{\"a\":".repeat(1_000),
                "{\"kid\":7,\"alg\":\"RS256\"}",
                "{\"kid\":null}",
                "{\"kid\":\"rsa\",\"alg\":\"RS256\",\"crit\":[\"" + CANARY + "\"]}",
                "{\"kid\":\"rsa\",\"alg\":{\"a\":1}}",
                "{\"kid\":\"rsa\"}",
                "null",
                "7")) {
            Verdict verdict = verifier.verify("Bearer " + base64(header) + ".e30.AAAA");
            Verdict.Unproven refused = assertInstanceOf(Verdict.Unproven.class, verdict);
            assertFalse(refused.words().contains(CANARY), refused.words());
        }
        assertInstanceOf(Verdict.Unproven.class, verifier.verify(null));
        assertEquals(
                new Verdict.Unproven("the token has more than 8192 characters"),
                verifier.verify("Bearer " + "a".repeat(8_193)));
    }

    @Test
    void saysThatNothingCanBeVerifiedWithoutKeys() {
        SigningKeys none = new SigningKeys(
                () -> {
                    throw new KeySource.UnreadableException("no answer", null);
                },
                loop,
                new Outages(InstantSource.system()));
        TokenVerifier blind = new TokenVerifier(none, TestIssuer.AUDIENCE, InstantSource.fixed(TestIssuer.NOW));
        assertEquals(
                new Verdict.Unknown("the API server's signing keys could not be read yet, so no token can be verified"),
                blind.verify("Bearer " + TestIssuer.token(RSA, "RS256", claims -> {})));
    }

    private Verdict verify(Consumer<JwtClaims> change) {
        return verifier.verify("Bearer " + TestIssuer.token(RSA, "RS256", change));
    }

    private static String base64(String text) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }
}
