package io.tidegate.testbed.junit;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.tidegate.testbed.broker.KafkaBroker;
import io.tidegate.testbed.controlplane.ControlPlane;
import io.tidegate.testbed.kubelet.ProcessKubelet;
import io.tidegate.testbed.process.Progress;
import java.lang.reflect.Executable;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/** Hands the parts to tests, and closes them with the context that keeps them: of the run, or of the class that has its own. */
final class TestbedExtension implements ParameterResolver, ExecutionCondition {
    private static final Namespace STORE = Namespace.create(TestbedExtension.class);
    private static final Set<Class<?>> NEED_BROKER = Set.of(KafkaBroker.class, ProcessKubelet.class);
    private static final Set<Class<?>> SUPPORTED = Set.of(
            SharedTestbed.class,
            KafkaBroker.class,
            ControlPlane.class,
            ProcessKubelet.class,
            KubernetesClient.class,
            Isolation.class);

    /** A test that takes a broker is skipped where there is none; a resolver of parameters could only fail it. */
    @Override
    public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
        Stream<Executable> taking = context.getTestMethod().isPresent()
                ? context.getTestMethod().stream().map(method -> method)
                : context.getTestClass().stream().flatMap(type -> Stream.of(type.getDeclaredConstructors()));
        boolean needsBroker = taking.flatMap(executable -> Stream.of(executable.getParameterTypes()))
                .anyMatch(NEED_BROKER::contains);
        return needsBroker
                ? testbed(context)
                        .whyNoBroker()
                        .map(ConditionEvaluationResult::disabled)
                        .orElse(ConditionEvaluationResult.enabled("a broker can be had"))
                : ConditionEvaluationResult.enabled("no broker is needed");
    }

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return SUPPORTED.contains(parameter.getParameter().getType());
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        SharedTestbed testbed = testbed(context);
        Class<?> type = parameter.getParameter().getType();
        if (type == KafkaBroker.class) {
            return testbed.broker();
        }
        if (type == ControlPlane.class) {
            return testbed.controlPlane();
        }
        if (type == ProcessKubelet.class) {
            return testbed.kubelet();
        }
        if (type == KubernetesClient.class) {
            return testbed.controlPlane().client();
        }
        if (type == Isolation.class) {
            return isolation(testbed, context);
        }
        return testbed;
    }

    /** One of a class's own has a key of its own, since a store also finds what the stores above it have. */
    private static SharedTestbed testbed(ExtensionContext context) {
        Class<?> owner =
                context.getTestClass().filter(TestbedExtension::hasItsOwn).orElse(SharedTestbed.class);
        return keeper(context, owner)
                .getStore(STORE)
                .computeIfAbsent(owner, key -> new SharedTestbed(Progress.console()), SharedTestbed.class);
    }

    private static boolean hasItsOwn(Class<?> type) {
        OnTestbed annotation = type.getAnnotation(OnTestbed.class);
        return annotation != null && annotation.own();
    }

    private static ExtensionContext keeper(ExtensionContext context, Class<?> owner) {
        if (owner == SharedTestbed.class) {
            return context.getRoot();
        }
        return context.getTestMethod().isPresent() ? context.getParent().orElseThrow() : context;
    }

    /** Kept in the store of the context that asked, which closes it at that context's end. */
    private static Isolation isolation(SharedTestbed testbed, ExtensionContext context) {
        String name = context.getTestClass().map(Class::getSimpleName).orElse("test");
        return context.getStore(STORE)
                .computeIfAbsent(Isolation.class, key -> new Isolation(testbed, name), Isolation.class);
    }
}
