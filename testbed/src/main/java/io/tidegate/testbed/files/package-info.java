/**
 * Folders of the testbed: the repository that it was built in, its cache and the folder of one run.
 * What the files in them mean does not belong here.
 */
@NullMarked
package io.tidegate.testbed.files;

import org.jspecify.annotations.NullMarked;
