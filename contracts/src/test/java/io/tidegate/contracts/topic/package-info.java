/** Tests of topics and partitions, without a broker. */
@NullMarked
package io.tidegate.contracts.topic;

import org.jspecify.annotations.NullMarked;
