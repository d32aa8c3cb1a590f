package io.tidegate.collector.sender;

import org.jspecify.annotations.Nullable;

/** Where the keys are published by which tokens of service accounts are signed. */
@FunctionalInterface
public interface KeySource {

    /**
     * Reads them; blocks.
     *
     * @throws UnreadableException if there is no answer, or not one that can be used
     */
    Published read() throws UnreadableException;

    /**
     * What is published.
     *
     * @param issuer who the tokens say that issued them
     * @param keySet the keys, as the JSON of a JWK set
     */
    record Published(String issuer, String keySet) {}

    /** The keys can't be read. */
    final class UnreadableException extends Exception {
        private static final long serialVersionUID = 1L;

        public UnreadableException(String message, @Nullable Throwable cause) {
            super(message, cause);
        }
    }
}
