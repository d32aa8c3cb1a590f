/**
 * A sample ingestion service: a Kafka consumer that can do a set number of records a second, and how to start it fast.
 * It stands for users' workloads, so nothing here knows Tidegate or Kubernetes.
 */
@NullMarked
package io.tidegate.testbed.ingest;

import org.jspecify.annotations.NullMarked;
