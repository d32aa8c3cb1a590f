/**
 * The Kubernetes control plane of the testbed: finding or building its binaries, starting them, letting clients in.
 * Process nodes and workloads do not belong here.
 */
@NullMarked
package io.tidegate.testbed.controlplane;

import org.jspecify.annotations.NullMarked;
