/** The specification of a ScalingPolicy as it crosses Kafka, field by field as in its CRD. No evaluation of it lives here. */
@NullMarked
package io.tidegate.contracts.policy;

import org.jspecify.annotations.NullMarked;
