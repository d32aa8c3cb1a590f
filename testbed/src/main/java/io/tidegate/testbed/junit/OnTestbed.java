package io.tidegate.testbed.junit;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * The test runs on real parts. Its methods and constructor may take a {@link SharedTestbed}, a {@code KafkaBroker}, a
 * {@code ControlPlane}, a {@code ProcessKubelet}, a {@code KubernetesClient} with all rights, and an {@link Isolation} of their own. A part is
 * started when the first test asks for it.
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@ExtendWith(TestbedExtension.class)
public @interface OnTestbed {

    /**
     * Whether the test class has parts of its own, which end with it, for tests that own what there is only one of in a cluster.
     * Otherwise all tests of the run share theirs.
     */
    boolean own() default false;
}
