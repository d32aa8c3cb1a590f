package io.tidegate.images;

import java.nio.file.Path;

/**
 * A package of the distribution.
 *
 * @param file the package itself
 * @param control what it says about itself, as its control file has it
 */
record DebianPackage(Path file, String name, String version, String architecture, String control) {}
