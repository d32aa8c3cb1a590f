/**
 * Child processes of the testbed: starting them, watching what they use, ending them whatever happens to the parent.
 * What a process is for (broker, control plane, pod) does not belong here.
 */
@NullMarked
package io.tidegate.testbed.process;

import org.jspecify.annotations.NullMarked;
