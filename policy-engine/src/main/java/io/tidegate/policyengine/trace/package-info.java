/** Spans of decisions, and how they are sent to an OpenTelemetry collector. What they are made of is known elsewhere; nothing here is ever waited for. */
@NullMarked
package io.tidegate.policyengine.trace;

import org.jspecify.annotations.NullMarked;
