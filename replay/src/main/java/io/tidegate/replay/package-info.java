/**
 * Recorded facts and decisions, and reading them again: the same facts must lead a fresh engine to the same decisions. How
 * decisions are made does not belong here.
 */
@NullMarked
package io.tidegate.replay;

import org.jspecify.annotations.NullMarked;
