/**
 * Sample Spark applications, each with a result that can be checked exactly. Task time is slept, not computed, so that
 * more executors than processors make them faster. Nothing of Tidegate belongs here.
 */
@NullMarked
package io.tidegate.testbed.sparkapps;

import org.jspecify.annotations.NullMarked;
