/** What Spark's listener bus tells, kept in bounded memory. Nothing is sent or changed here. */
@NullMarked
package io.tidegate.spark.ledger;

import org.jspecify.annotations.NullMarked;
