package io.tidegate.policyengine.rest;

/** A request that gets no answer but a {@link Problem}. */
final class ProblemException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final int status;

    private ProblemException(int status, String message) {
        super(message);
        this.status = status;
    }

    static ProblemException badRequest(String message) {
        return new ProblemException(400, message);
    }

    static ProblemException notFound(String message) {
        return new ProblemException(404, message);
    }

    /** Worth another try in a second. */
    static ProblemException unavailable(String reason) {
        return new ProblemException(503, "No answer at the moment: " + reason + ". Try again in a second.");
    }

    int status() {
        return status;
    }
}
