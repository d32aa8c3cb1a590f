/** Checks of policies before they reach a cluster: each by itself, and against the manifests beside it. The command line does not live here. */
@NullMarked
package io.tidegate.tools.check;

import org.jspecify.annotations.NullMarked;
