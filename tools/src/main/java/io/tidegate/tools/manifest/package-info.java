/** Manifests as people keep them: YAML or JSON of any origin, with the line of each value. What a value means does not live here. */
@NullMarked
package io.tidegate.tools.manifest;

import org.jspecify.annotations.NullMarked;
