/**
 * The process kubelet: a node of the cluster whose pods are processes of this machine.
 * What the processes do does not belong here.
 */
@NullMarked
package io.tidegate.testbed.kubelet;

import org.jspecify.annotations.NullMarked;
