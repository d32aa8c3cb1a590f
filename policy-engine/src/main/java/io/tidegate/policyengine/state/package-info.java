/** What the engine remembers of each workload and policy, and how it lies in the store. What is done with it lives elsewhere. */
@NullMarked
package io.tidegate.policyengine.state;

import org.jspecify.annotations.NullMarked;
