/** The custom resources as the API server sees them: their schemas, defaults and rules. Files and reports do not live here. */
@NullMarked
package io.tidegate.tools.schema;

import org.jspecify.annotations.NullMarked;
