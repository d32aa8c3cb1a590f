package io.tidegate.contracts.wire;

/** Headers that a record gets when it is set aside in a dead letter topic; the names are those of SmallRye's dead letter queue. */
public final class DeadLetterHeaders {

    /** Why the record could not be read, as {@link UnreadableRecordException} says it. */
    public static final String REASON = "dead-letter-reason";

    /** Topic that it was read from. */
    public static final String TOPIC = "dead-letter-topic";

    /** Partition that it was read from, in decimal digits. */
    public static final String PARTITION = "dead-letter-partition";

    /** Its offset there, in decimal digits. */
    public static final String OFFSET = "dead-letter-offset";

    private DeadLetterHeaders() {}
}
