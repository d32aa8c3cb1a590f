/** The demo: one policy, one load, the real services on real parts, and the report on how it went. No part of the testbed itself lives here. */
@NullMarked
package io.tidegate.testbed.demo;

import org.jspecify.annotations.NullMarked;
