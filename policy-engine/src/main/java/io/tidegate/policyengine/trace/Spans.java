package io.tidegate.policyengine.trace;

/** Where spans go. */
public interface Spans extends AutoCloseable {

    /** Nowhere. */
    Spans NONE = new Spans() {
        @Override
        public boolean areWanted() {
            return false;
        }

        @Override
        public void add(Span span) {}

        @Override
        public void close() {}
    };

    /** Whether there is any use in making some. */
    boolean areWanted();

    /** Takes a span; returns at once. */
    void add(Span span);

    @Override
    void close();
}
