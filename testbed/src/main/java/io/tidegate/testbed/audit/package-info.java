/**
 * What the API server's audit log says of writes. It is the judge of when a write was done, and by whom.
 * Nothing that writes to the cluster lives here.
 */
@NullMarked
package io.tidegate.testbed.audit;

import org.jspecify.annotations.NullMarked;
