/** Which shards this instance owns, and what was published of them before. What is done about that does not live here. */
@NullMarked
package io.tidegate.collector.shard;

import org.jspecify.annotations.NullMarked;
