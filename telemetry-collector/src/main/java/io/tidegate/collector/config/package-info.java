/** What can be configured. Nothing that uses it lives here. */
@NullMarked
package io.tidegate.collector.config;

import org.jspecify.annotations.NullMarked;
