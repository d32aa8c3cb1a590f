/** The command that takes pictures of the dashboards. How they are asked for and drawn lives in packages of their own. */
@NullMarked
package io.tidegate.renderer;

import org.jspecify.annotations.NullMarked;
