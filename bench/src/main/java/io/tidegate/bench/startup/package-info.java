/** How long services take to start, and what they hold when nothing happens, with and without their AOT caches. */
@NullMarked
package io.tidegate.bench.startup;

import org.jspecify.annotations.NullMarked;
