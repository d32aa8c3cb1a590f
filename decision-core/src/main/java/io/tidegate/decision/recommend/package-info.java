/**
 * Each recommender proposes a size from one signal. What limits a proposal lives in the guards, not here.
 */
@NullMarked
package io.tidegate.decision.recommend;

import org.jspecify.annotations.NullMarked;
