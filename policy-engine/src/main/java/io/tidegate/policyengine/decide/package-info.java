/** Translates between the records on the topics and decision-core, and tells which changes are worth telling. Nothing here reads or writes a store or a topic. */
@NullMarked
package io.tidegate.policyengine.decide;

import org.jspecify.annotations.NullMarked;
