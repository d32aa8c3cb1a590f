package io.tidegate.policyengine.decide;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.tidegate.contracts.policy.PolicySpec;
import io.tidegate.contracts.wire.Json;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * Tells rule sets apart: equal rules have equal hashes, whatever their generation, and whether they were inherited. Other rules
 * have another, but for one chance in 2^64.
 */
final class SpecHash {

    private static final int BYTES = 8;

    private SpecHash() {}

    /** The first 16 hexadecimal digits of the SHA-256 of the rules as they are on tidegate.facts. */
    static String of(PolicySpec spec) {
        try {
            byte[] digest =
                    MessageDigest.getInstance("SHA-256").digest(Json.mapper().writeValueAsBytes(spec));
            return HexFormat.of().formatHex(digest, 0, BYTES);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("rules that were read can be written", e);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
