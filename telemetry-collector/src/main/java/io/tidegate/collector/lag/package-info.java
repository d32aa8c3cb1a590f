/** When each lag signal is read, published and watched by the waiting fetch. How Kafka is asked does not live here, only the ports to it. */
@NullMarked
package io.tidegate.collector.lag;

import org.jspecify.annotations.NullMarked;
