package io.tidegate.policyengine.state.binary;

/** Bytes that are not what they should be. */
public final class UnreadableBytesException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public UnreadableBytesException(String message) {
        super(message);
    }

    UnreadableBytesException(String message, Throwable cause) {
        super(message, cause);
    }
}
