/**
 * Programs that are built from pinned Go modules: the toolchain that builds them, and the tools that only tests need. What
 * belongs to the control plane does not belong here.
 */
@NullMarked
package io.tidegate.testbed.gotool;

import org.jspecify.annotations.NullMarked;
