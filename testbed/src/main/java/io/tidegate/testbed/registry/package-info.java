/** A registry of container images on loopback. What the images are made of does not belong here. */
@NullMarked
package io.tidegate.testbed.registry;

import org.jspecify.annotations.NullMarked;
