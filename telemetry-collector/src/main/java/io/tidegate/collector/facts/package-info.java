/** Writes facts and views to Tidegate's own Kafka, each in order and none twice needed. What is worth writing is decided elsewhere. */
@NullMarked
package io.tidegate.collector.facts;

import org.jspecify.annotations.NullMarked;
