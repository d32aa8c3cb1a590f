/**
 * Container images of the services, made without a container engine: their layers, the training of their AOT caches, their
 * bills of materials, and the command that builds and pushes them. What a service is started with in a pod belongs to the
 * chart.
 */
@NullMarked
package io.tidegate.images;

import org.jspecify.annotations.NullMarked;
