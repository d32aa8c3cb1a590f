package io.tidegate.testbed.controlplane;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.EnumMap;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** Who may do everything on a local control plane. Each part is a user of its own, so the audit log tells them apart. */
final class Credentials {
    /** A user of the control plane itself; workloads and services are service accounts instead. */
    enum User {
        ADMIN,
        KUBE_CONTROLLER_MANAGER,
        KUBE_SCHEDULER,
        KWOK,
        KUBELET;

        String userName() {
            String name = name().toLowerCase(Locale.ROOT).replace('_', '-');
            return this == KUBE_CONTROLLER_MANAGER || this == KUBE_SCHEDULER ? "system:" + name : name;
        }
    }

    private final Path folder;
    private final Map<User, String> tokens = new EnumMap<>(User.class);

    private Credentials(Path folder) {
        this.folder = folder;
    }

    /** Makes new tokens and a new key for service account tokens, readable by this user only. */
    static Credentials create(Path folder) throws IOException {
        Files.createDirectories(folder);
        Credentials credentials = new Credentials(folder);
        SecureRandom random = new SecureRandom();
        for (User user : User.values()) {
            byte[] secret = new byte[16];
            random.nextBytes(secret);
            credentials.tokens.put(user, HexFormat.of().formatHex(secret));
        }
        writePrivate(
                credentials.tokenFile(),
                credentials.tokens.entrySet().stream()
                        .map(entry -> "%s,%s,%s,system:masters"
                                .formatted(
                                        entry.getValue(),
                                        entry.getKey().userName(),
                                        entry.getKey().userName()))
                        .collect(Collectors.joining("\n", "", "\n")));
        KeyPair pair = newKeyPair();
        writePrivate(
                credentials.signingKey(), pem("PRIVATE KEY", pair.getPrivate().getEncoded()));
        writePrivate(
                credentials.verifyingKey(), pem("PUBLIC KEY", pair.getPublic().getEncoded()));
        return credentials;
    }

    String token(User user) {
        return tokens.getOrDefault(user, "");
    }

    Path tokenFile() {
        return folder.resolve("tokens.csv");
    }

    Path signingKey() {
        return folder.resolve("service-accounts.key");
    }

    Path verifyingKey() {
        return folder.resolve("service-accounts.pub");
    }

    /** Writes a file that only this user can read. */
    static void writePrivate(Path file, String text) throws IOException {
        if (!Files.exists(file)) {
            Files.createFile(file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        }
        Files.writeString(file, text);
    }

    private static KeyPair newKeyPair() {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
            generator.initialize(2048);
            return generator.generateKeyPair();
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has RSA", e);
        }
    }

    private static String pem(String label, byte[] encoded) {
        String body = Base64.getMimeEncoder(64, "\n".getBytes(StandardCharsets.US_ASCII))
                .encodeToString(encoded);
        return "-----BEGIN " + label + "-----\n" + body + "\n-----END " + label + "-----\n";
    }
}
