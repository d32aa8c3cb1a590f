/** The service's configuration, checked before anything starts. Nothing that acts on it lives here. */
@NullMarked
package io.tidegate.autoscaler.config;

import org.jspecify.annotations.NullMarked;
