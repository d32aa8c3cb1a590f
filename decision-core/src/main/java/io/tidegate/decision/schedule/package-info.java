/**
 * Hours of the calendar: cron expressions and the windows between two of them, in a time zone. No clock is read here, and
 * nothing knows what a window is good for.
 */
@NullMarked
package io.tidegate.decision.schedule;

import org.jspecify.annotations.NullMarked;
