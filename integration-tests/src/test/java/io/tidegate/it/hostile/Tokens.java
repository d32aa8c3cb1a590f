package io.tidegate.it.hostile;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Base64;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/** What a sender says in the header Authorization in place of a good token. */
final class Tokens {

    private static final String NO_TOKEN = "the token is not a signed JSON Web Token";
    private static final String SIGNATURE = "the token's signature is wrong";
    private static final String NOT_OURS = "the token is not one of a service account";

    private Tokens() {}

    /**
     * A case.
     *
     * @param change makes the header's value of a good token; each of its characters is a byte
     * @param status what is answered
     * @param words how the error begins; empty where the status says all
     */
    record Case(String name, UnaryOperator<String> change, int status, String words) {
        @Override
        public String toString() {
            return name;
        }
    }

    static Stream<Case> all() {
        return Stream.of(
                bearer("truncated in its signature", good -> good.substring(0, good.length() - 24), SIGNATURE),
                bearer("without a signature", good -> good.substring(0, good.lastIndexOf('.')), NO_TOKEN),
                bearer("truncated in its header", good -> good.substring(0, 10), NO_TOKEN),
                new Case("10 MB", good -> "Bearer " + "a".repeat(10_000_000), 431, ""),
                bearer("9,000 characters", good -> "a".repeat(9_000), "the token has more than 8192 characters"),
                bearer(
                        "a header 1,000 deep",
                        good -> encoded("{\"kid\":" + "[".repeat(1_000) + "]".repeat(1_000) + "}") + tail(good),
                        NO_TOKEN),
                bearer(
                        "a payload 1,000 deep",
                        good -> head(good) + "." + encoded("{\"sub\":" + "[".repeat(1_000) + "]".repeat(1_000) + "}")
                                + good.substring(good.lastIndexOf('.')),
                        SIGNATURE),
                bearer(
                        "an expiry that is NaN",
                        good -> head(good) + "." + encoded("{\"exp\":NaN}") + good.substring(good.lastIndexOf('.')),
                        NOT_OURS),
                bearer(
                        "a key id that is a number",
                        good -> encoded("{\"kid\":7,\"alg\":\"RS256\"}") + tail(good),
                        NO_TOKEN),
                bearer(
                        "a key that nobody published",
                        good -> encoded("{\"kid\":\"" + SparkBodies.CANARY + "\",\"alg\":\"RS256\"}") + tail(good),
                        "the token is signed with a key that the API server does not publish"),
                bearer("no algorithm", good -> encoded(withAlgorithm(good, "none")) + tail(good), NOT_OURS),
                bearer(
                        "an algorithm for which the public key is the secret",
                        good -> encoded(withAlgorithm(good, "HS256")) + tail(good),
                        NOT_OURS),
                bearer(
                        "the payload of another",
                        good -> head(good) + "."
                                + encoded(decoded(payload(good)).replace("hostile", "good")) + "."
                                + good.substring(good.lastIndexOf('.') + 1),
                        SIGNATURE),
                new Case(
                        "another scheme",
                        good -> "Basic " + SparkBodies.CANARY,
                        401,
                        "the header Authorization must be"),
                new Case("nothing", good -> "", 401, "the header Authorization must be"),
                bearer("invalid UTF-8", good -> "\u00ff\u00fe" + good, "the token"));
    }

    private static Case bearer(String name, UnaryOperator<String> change, String words) {
        return new Case(name, good -> "Bearer " + change.apply(good), 401, words);
    }

    private static String head(String token) {
        return token.substring(0, token.indexOf('.'));
    }

    private static String withAlgorithm(String token, String algorithm) {
        return decoded(head(token)).replaceAll("\"alg\":\"[^\"]+\"", "\"alg\":\"" + algorithm + "\"");
    }

    private static String payload(String token) {
        return token.substring(token.indexOf('.') + 1, token.lastIndexOf('.'));
    }

    private static String tail(String token) {
        return token.substring(token.indexOf('.'));
    }

    private static String encoded(String json) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(json.getBytes(UTF_8));
    }

    private static String decoded(String part) {
        return new String(Base64.getUrlDecoder().decode(part), UTF_8);
    }
}
