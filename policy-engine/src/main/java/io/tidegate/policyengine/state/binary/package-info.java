/** Records as few bytes: how values of any record lie in a byte array. What the records mean lives elsewhere. */
@NullMarked
package io.tidegate.policyengine.state.binary;

import org.jspecify.annotations.NullMarked;
