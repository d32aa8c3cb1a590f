/**
 * JUnit support: tests take the parts that they need as parameters, and share one broker and one control plane.
 * Assertions and fixtures of particular tests do not belong here.
 */
@NullMarked
package io.tidegate.testbed.junit;

import org.jspecify.annotations.NullMarked;
