/**
 * The Kafka broker of the testbed: one node in KRaft mode, in a process of its own.
 * Topics and clients of the tests do not belong here.
 */
@NullMarked
package io.tidegate.testbed.broker;

import org.jspecify.annotations.NullMarked;
