package io.tidegate.spark;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.ExtensionContext;

/** Marks tests that start Spark in their JVM. They are skipped, with one sentence, on a Java that Spark does not run on. */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@ExtendWith(OnSparkJvm.Condition.class)
public @interface OnSparkJvm {

    /** Looks at the JVM of the tests. */
    final class Condition implements ExecutionCondition {
        private static final int NEWEST = 22;
        private static final String MISSING =
                "Tests of the Spark plugin that start Spark are skipped: no JDK 17 to 22 was found (set TIDEGATE_SPARK_JAVA_HOME).";
        private static final AtomicBoolean TOLD = new AtomicBoolean();

        @Override
        public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
            if (Runtime.version().feature() <= NEWEST) {
                return ConditionEvaluationResult.enabled("Spark runs here");
            }
            if (TOLD.compareAndSet(false, true)) {
                System.out.println(MISSING);
            }
            return ConditionEvaluationResult.disabled(MISSING);
        }
    }
}
