/**
 * Tidegate's own three services as processes on the testbed, each with the rights of its own service account only.
 * What is done with them, and what they do, does not belong here.
 */
@NullMarked
package io.tidegate.testbed.services;

import org.jspecify.annotations.NullMarked;
