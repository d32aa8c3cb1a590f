/** Rules that all of the module keeps. Tests of single types live in the types' own packages. */
@NullMarked
package io.tidegate.contracts;

import org.jspecify.annotations.NullMarked;
