/**
 * What Spark loads by name in a driver, and how its parts are tied together there. What can be told without Spark lives in the packages
 * below.
 */
@NullMarked
package io.tidegate.spark;

import org.jspecify.annotations.NullMarked;
