/** CloudEvents in binary mode with JSON bodies: encoding, and decoding that survives any input. No record type lives here. */
@NullMarked
package io.tidegate.contracts.wire;

import org.jspecify.annotations.NullMarked;
