/** Tests of identifiers. Their use as record keys is tested with the wire format. */
@NullMarked
package io.tidegate.contracts.id;

import org.jspecify.annotations.NullMarked;
