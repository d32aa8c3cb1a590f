/** Topic names, settings, creation and the partitioner. Nothing that reads or writes records lives here. */
@NullMarked
package io.tidegate.contracts.topic;

import org.jspecify.annotations.NullMarked;
