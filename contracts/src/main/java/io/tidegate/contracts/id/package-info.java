/** Identifiers of workloads and policies, which are also record keys. No other content of records lives here. */
@NullMarked
package io.tidegate.contracts.id;

import org.jspecify.annotations.NullMarked;
