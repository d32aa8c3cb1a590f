/** Telling what became of targets: outcomes on tidegate.facts, the policies' status, Events. Nothing is decided or scaled here. */
@NullMarked
package io.tidegate.autoscaler.report;

import org.jspecify.annotations.NullMarked;
