/** What is common to asking others over HTTP. What is asked, and of whom, does not live here. */
@NullMarked
package io.tidegate.collector.http;

import org.jspecify.annotations.NullMarked;
