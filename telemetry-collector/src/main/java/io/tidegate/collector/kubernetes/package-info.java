/** Watches the API server: policies, connections, scale targets, pods and their usage. Nothing is ever written to it. */
@NullMarked
package io.tidegate.collector.kubernetes;

import org.jspecify.annotations.NullMarked;
