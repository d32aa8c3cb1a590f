/** Who sends: tokens are verified here, against keys that others read. What senders say does not live here. */
@NullMarked
package io.tidegate.collector.sender;

import org.jspecify.annotations.NullMarked;
