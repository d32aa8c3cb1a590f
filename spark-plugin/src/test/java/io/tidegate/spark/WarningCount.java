package io.tidegate.spark;

import java.util.concurrent.atomic.AtomicInteger;
import org.apache.logging.log4j.Level;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.core.LogEvent;
import org.apache.logging.log4j.core.Logger;
import org.apache.logging.log4j.core.appender.AbstractAppender;
import org.apache.logging.log4j.core.config.Property;

/** Counts what a class logs that somebody should read. */
final class WarningCount extends AbstractAppender implements AutoCloseable {
    private final AtomicInteger count = new AtomicInteger();
    private final Logger logger;
    private final Level before;

    private WarningCount(Logger logger) {
        super("warnings", null, null, false, Property.EMPTY_ARRAY);
        this.logger = logger;
        before = logger.getLevel();
    }

    static WarningCount of(Class<?> type) {
        Logger logger = (Logger) LogManager.getLogger(type);
        WarningCount warnings = new WarningCount(logger);
        warnings.start();
        logger.addAppender(warnings);
        logger.setLevel(Level.WARN);
        return warnings;
    }

    @Override
    public void append(LogEvent event) {
        if (event.getLevel().isMoreSpecificThan(Level.WARN)) {
            count.incrementAndGet();
        }
    }

    int count() {
        return count.get();
    }

    @Override
    public void close() {
        logger.removeAppender(this);
        logger.setLevel(before);
    }
}
