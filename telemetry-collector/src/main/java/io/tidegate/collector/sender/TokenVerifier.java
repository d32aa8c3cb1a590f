package io.tidegate.collector.sender;

import java.security.Key;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import org.jose4j.jwa.AlgorithmConstraints;
import org.jose4j.jwa.AlgorithmConstraints.ConstraintType;
import org.jose4j.jws.AlgorithmIdentifiers;
import org.jose4j.jws.JsonWebSignature;
import org.jose4j.jwt.JwtClaims;
import org.jose4j.jwt.NumericDate;
import org.jose4j.jwt.consumer.ErrorCodes;
import org.jose4j.jwt.consumer.InvalidJwtException;
import org.jose4j.jwt.consumer.InvalidJwtSignatureException;
import org.jose4j.jwt.consumer.JwtConsumerBuilder;
import org.jose4j.lang.JoseException;
import org.jspecify.annotations.Nullable;

/** Verifies projected tokens of service accounts. What a token says is never repeated in an answer. */
public final class TokenVerifier {

    private static final String SCHEME = "Bearer ";
    /** A projected token has about 1,200 characters. */
    private static final int MOST_CHARACTERS = 8_192;

    private static final int MOST_OF_A_NAME = 253;
    private static final int LEEWAY_SECONDS = 10;
    private static final String NO_GOOD_TOKEN = "the token is not one of a service account, signed with RS256 or ES256";
    private static final AlgorithmConstraints ALGORITHMS = new AlgorithmConstraints(
            ConstraintType.PERMIT,
            AlgorithmIdentifiers.RSA_USING_SHA256,
            AlgorithmIdentifiers.ECDSA_USING_P256_CURVE_AND_SHA256);

    private final SigningKeys keys;
    private final String audience;
    private final InstantSource clock;

    public TokenVerifier(SigningKeys keys, String audience, InstantSource clock) {
        this.keys = keys;
        this.audience = audience;
        this.clock = clock;
    }

    /** Who sends, or why that is not known. */
    public sealed interface Verdict {

        /** It is this pod. */
        record Proven(Sender sender) implements Verdict {}

        /** The token is missing, or proves nothing. */
        record Unproven(String words) implements Verdict {}

        /** The token is good, but is no pod's. */
        record NoPod(String words) implements Verdict {}

        /** No token can be verified at the moment. */
        record Unknown(String words) implements Verdict {}
    }

    /**
     * Verifies the token of a request.
     *
     * @param authorization value of its header; absent if it has none
     */
    public Verdict verify(@Nullable String authorization) {
        if (authorization == null || !authorization.regionMatches(true, 0, SCHEME, 0, SCHEME.length())) {
            return new Verdict.Unproven(
                    "the header Authorization must be 'Bearer' and a projected token of the audience " + audience);
        }
        String token = authorization.substring(SCHEME.length()).strip();
        if (token.length() > MOST_CHARACTERS) {
            return new Verdict.Unproven("the token has more than " + MOST_CHARACTERS + " characters");
        }
        String keyId = keyId(token);
        if (keyId == null) {
            return new Verdict.Unproven("the token is not a signed JSON Web Token that names its key");
        }
        Optional<SigningKeys.Trusted> trusted = keys.holding(keyId);
        if (trusted.isEmpty()) {
            return new Verdict.Unknown(
                    "the API server's signing keys could not be read yet, so no token can be verified");
        }
        Key key = trusted.get().keys().get(keyId);
        return key == null
                ? new Verdict.Unproven("the token is signed with a key that the API server does not publish")
                : verify(token, trusted.get().issuer(), key);
    }

    private static @Nullable String keyId(String token) {
        try {
            JsonWebSignature signature = new JsonWebSignature();
            signature.setCompactSerialization(token);
            return signature.getKeyIdHeaderValue();
        } catch (JoseException | ClassCastException e) {
            // The library casts what is a text in every good header.
            return null;
        }
    }

    private Verdict verify(String token, String issuer, Key key) {
        try {
            JwtClaims claims = new JwtConsumerBuilder()
                    .setJwsAlgorithmConstraints(ALGORITHMS)
                    .setVerificationKey(key)
                    .setExpectedIssuer(issuer)
                    .setExpectedAudience(audience)
                    .setRequireExpirationTime()
                    .setRequireSubject()
                    .setAllowedClockSkewInSeconds(LEEWAY_SECONDS)
                    .setEvaluationTime(NumericDate.fromMilliseconds(clock.millis()))
                    .build()
                    .processToClaims(token);
            return sender(claims)
                    .<Verdict>map(Verdict.Proven::new)
                    .orElseGet(() -> new Verdict.NoPod(
                            "the token is bound to no pod; use one that is projected into the driver's pod"));
        } catch (InvalidJwtException e) {
            return new Verdict.Unproven(words(e));
        } catch (ClassCastException e) {
            return new Verdict.Unproven(NO_GOOD_TOKEN);
        }
    }

    private String words(InvalidJwtException refusal) {
        if (refusal instanceof InvalidJwtSignatureException) {
            return "the token's signature is wrong";
        }
        if (refusal.hasErrorCode(ErrorCodes.EXPIRED)) {
            return "the token has expired";
        }
        if (refusal.hasErrorCode(ErrorCodes.NOT_YET_VALID)) {
            return "the token is not valid yet";
        }
        if (refusal.hasErrorCode(ErrorCodes.AUDIENCE_INVALID) || refusal.hasErrorCode(ErrorCodes.AUDIENCE_MISSING)) {
            return "the token is of another audience than " + audience;
        }
        if (refusal.hasErrorCode(ErrorCodes.ISSUER_INVALID) || refusal.hasErrorCode(ErrorCodes.ISSUER_MISSING)) {
            return "the token is of another issuer than the API server";
        }
        return NO_GOOD_TOKEN;
    }

    private static Optional<Sender> sender(JwtClaims claims) {
        if (!(claims.getClaimValue("kubernetes.io") instanceof Map<?, ?> bound)
                || !(bound.get("pod") instanceof Map<?, ?> pod)
                || !(bound.get("serviceaccount") instanceof Map<?, ?> account)
                || name(account.get("name")) == null) {
            return Optional.empty();
        }
        String namespace = name(bound.get("namespace"));
        String name = name(pod.get("name"));
        String uid = name(pod.get("uid"));
        return namespace == null || name == null || uid == null
                ? Optional.empty()
                : Optional.of(new Sender(namespace, name, uid));
    }

    private static @Nullable String name(@Nullable Object claim) {
        return claim instanceof String text && !text.isEmpty() && text.length() <= MOST_OF_A_NAME ? text : null;
    }
}
