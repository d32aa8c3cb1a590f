package io.tidegate.collector.shard;

import java.util.Set;

/** Is told which shards come and go. Calls come from the membership's own thread and must return at once. */
public interface ShardListener {

    /** These shards are this instance's from here on. */
    void assigned(Set<Integer> shards);

    /** These shards are no longer this instance's; nothing may be written for them any more. */
    void revoked(Set<Integer> shards);
}
