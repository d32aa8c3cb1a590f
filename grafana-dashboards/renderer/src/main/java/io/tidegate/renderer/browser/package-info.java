/** The page on which a dashboard is drawn, and the browser that draws it. No query is asked here. */
@NullMarked
package io.tidegate.renderer.browser;

import org.jspecify.annotations.NullMarked;
