/**
 * The command line of the testbed's programs.
 * What the commands do lives in the packages that they start.
 */
@NullMarked
package io.tidegate.testbed.cli;

import org.jspecify.annotations.NullMarked;
