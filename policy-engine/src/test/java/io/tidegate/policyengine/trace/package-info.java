/** Tests of the package of the same name. Nothing here is used elsewhere. */
@NullMarked
package io.tidegate.policyengine.trace;

import org.jspecify.annotations.NullMarked;
