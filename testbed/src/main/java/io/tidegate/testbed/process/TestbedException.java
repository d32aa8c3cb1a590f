package io.tidegate.testbed.process;

/** The testbed cannot do what was asked; the message is a sentence for the person who started it. */
public final class TestbedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public TestbedException(String message) {
        super(message);
    }

    public TestbedException(String message, Throwable cause) {
        super(message, cause);
    }
}
