/** Tests of what users install: the chart, and the manifests made of it. Tests of how the services scale do not belong here. */
@NullMarked
package io.tidegate.it.deploy;

import org.jspecify.annotations.NullMarked;
