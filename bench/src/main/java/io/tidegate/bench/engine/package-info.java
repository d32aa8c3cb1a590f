/** How many facts the engine alone takes on one core: a log that lies there, and one that grows. Other services don't belong here. */
@NullMarked
package io.tidegate.bench.engine;

import org.jspecify.annotations.NullMarked;
