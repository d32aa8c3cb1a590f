/** Policies that come from a Git repository, and what becomes of them. How manifests are rendered is not tested here. */
@NullMarked
package io.tidegate.it.gitops;

import org.jspecify.annotations.NullMarked;
