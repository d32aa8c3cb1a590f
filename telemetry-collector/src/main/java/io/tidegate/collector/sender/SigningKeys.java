package io.tidegate.collector.sender;

import io.tidegate.collector.health.Outages;
import io.tidegate.collector.loop.EventLoop;
import java.security.Key;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jose4j.jwk.JsonWebKey;
import org.jose4j.jwk.JsonWebKeySet;
import org.jose4j.jwk.PublicJsonWebKey;
import org.jose4j.lang.JoseException;
import org.jspecify.annotations.Nullable;

/**
 * The published keys as last read. They are read again every 5 min, so that a withdrawn key is trusted no longer than that, and, at
 * most each 10 s, when a token names a key that is not known. While they can't be read, the last ones go on. Safe for use by many
 * threads.
 */
public final class SigningKeys {

    private static final Duration RENEWED_EVERY = Duration.ofMinutes(5);
    private static final Duration APART = Duration.ofSeconds(10);
    /** As long as a request waits for keys; a healthy API server takes milliseconds. */
    private static final Duration PATIENCE = Duration.ofSeconds(2);

    private static final String PART = "signing keys";

    private final KeySource source;
    private final EventLoop loop;
    private final Outages outages;
    private volatile @Nullable Trusted trusted;
    private @Nullable CompletableFuture<Void> reading;
    private @Nullable Long lastReadAt;

    /**
     * What tokens are verified by.
     *
     * @param issuer who must have issued them
     * @param keys public keys by id
     */
    record Trusted(String issuer, Map<String, Key> keys) {
        Trusted {
            keys = Map.copyOf(keys);
        }
    }

    /**
     * @param loop where keys are read; it may block
     */
    public SigningKeys(KeySource source, EventLoop loop, Outages outages) {
        this.source = source;
        this.loop = loop;
        this.outages = outages;
    }

    /** Reads the keys, and goes on reading them. */
    public void start() {
        var unused = readUnlessJustRead();
        loop.after(trusted == null ? APART : RENEWED_EVERY, this::start);
    }

    /** Whether keys could be read at least once. */
    public boolean areKnown() {
        return trusted != null;
    }

    /** What to verify a token by that is signed with this key; empty as long as no keys could be read. */
    Optional<Trusted> holding(String keyId) {
        Trusted known = trusted;
        if (known == null || !known.keys().containsKey(keyId)) {
            await(readUnlessJustRead());
        }
        return Optional.ofNullable(trusted);
    }

    private synchronized CompletableFuture<Void> readUnlessJustRead() {
        CompletableFuture<Void> underWay = reading;
        if (underWay != null) {
            return underWay;
        }
        Long before = lastReadAt;
        if (before != null && loop.nanos() - before < APART.toNanos()) {
            return CompletableFuture.completedFuture(null);
        }
        lastReadAt = loop.nanos();
        CompletableFuture<Void> begun = new CompletableFuture<>();
        reading = begun;
        loop.execute(() -> {
            try {
                read();
            } finally {
                done(begun);
            }
        });
        return begun;
    }

    private synchronized void done(CompletableFuture<Void> read) {
        reading = null;
        read.complete(null);
    }

    private void read() {
        try {
            KeySource.Published published = source.read();
            trusted = new Trusted(published.issuer(), keys(published.keySet()));
            outages.end(PART);
        } catch (KeySource.UnreadableException e) {
            outages.begin(PART, "the API server's signing keys can't be read: " + e.getMessage());
        } catch (JoseException | ClassCastException e) {
            // The library casts what has another type in every good key set.
            outages.begin(PART, "the API server published no set of keys that can be used");
        }
    }

    private static Map<String, Key> keys(String keySet) throws JoseException {
        Map<String, Key> keys = new HashMap<>();
        for (JsonWebKey key : new JsonWebKeySet(keySet).getJsonWebKeys()) {
            if (key instanceof PublicJsonWebKey pair && key.getKeyId() != null) {
                keys.put(key.getKeyId(), pair.getPublicKey());
            }
        }
        return keys;
    }

    private static void await(CompletableFuture<Void> read) {
        try {
            read.get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException | TimeoutException e) {
            // What is known so far has to do.
        }
    }
}
