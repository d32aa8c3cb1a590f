package io.tidegate.testbed.junit;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.tidegate.testbed.broker.BrokerSource;
import io.tidegate.testbed.broker.KafkaBroker;
import io.tidegate.testbed.controlplane.ControlPlane;
import io.tidegate.testbed.kubelet.ProcessKubelet;
import io.tidegate.testbed.process.Progress;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/** Hands the shared parts to tests, and closes them with the root context, which is the end of the run. */
final class TestbedExtension implements ParameterResolver {
    private static final Namespace STORE = Namespace.create(TestbedExtension.class);
    private static final AtomicBoolean SAID_UNAVAILABLE = new AtomicBoolean();
    private static final Set<Class<?>> SUPPORTED = Set.of(
            SharedTestbed.class,
            KafkaBroker.class,
            ControlPlane.class,
            ProcessKubelet.class,
            KubernetesClient.class,
            Isolation.class);

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return SUPPORTED.contains(parameter.getParameter().getType());
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        SharedTestbed testbed = testbed(context);
        Class<?> type = parameter.getParameter().getType();
        if (type == KafkaBroker.class) {
            return broker(testbed);
        }
        if (type == ControlPlane.class) {
            return testbed.controlPlane();
        }
        if (type == ProcessKubelet.class) {
            KafkaBroker unused = broker(testbed);
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

    private static SharedTestbed testbed(ExtensionContext context) {
        return context.getRoot()
                .getStore(STORE)
                .computeIfAbsent(
                        SharedTestbed.class, key -> new SharedTestbed(Progress.console()), SharedTestbed.class);
    }

    /** Kept in the store of the context that asked, which closes it at that context's end. */
    private static Isolation isolation(SharedTestbed testbed, ExtensionContext context) {
        String name = context.getTestClass().map(Class::getSimpleName).orElse("test");
        return context.getStore(STORE)
                .computeIfAbsent(Isolation.class, key -> new Isolation(testbed, name), Isolation.class);
    }

    private static KafkaBroker broker(SharedTestbed testbed) {
        Optional<String> reason = BrokerSource.configured().unavailable();
        if (reason.isPresent()) {
            if (!SAID_UNAVAILABLE.getAndSet(true)) {
                System.out.println("Skipping the tests that need a broker: " + reason.get());
            }
            Assumptions.abort(reason.get());
        }
        return testbed.broker();
    }
}
