package io.tidegate.collector.kubernetes;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class LabelQueryTest {

    record Case(String selector, Map<String, String> labels, boolean matches) {}

    @ParameterizedTest
    @MethodSource("cases")
    void matchesAsKubernetesDoes(Case it) {
        assertEquals(it.matches(), LabelQuery.parse(it.selector()).matches(it.labels()), it.toString());
    }

    static Stream<Case> cases() {
        return Stream.of(
                new Case("app=a", Map.of("app", "a"), true),
                new Case("app==a", Map.of("app", "a"), true),
                new Case("app=a", Map.of("app", "b"), false),
                new Case("app=a,tier=x", Map.of("app", "a"), false),
                new Case("app=a,tier=x", Map.of("app", "a", "tier", "x"), true),
                new Case("app!=a", Map.of("app", "b"), true),
                new Case("app!=a", Map.of("tier", "b"), true),
                new Case("app in (a,b), tier", Map.of("app", "b", "tier", ""), true),
                new Case("app in (a, b)", Map.of("app", "c"), false),
                new Case("app notin (a,b)", Map.of("app", "c"), true),
                new Case("app notin (a,b)", Map.of("tier", "c"), true),
                new Case("app notin (a,b)", Map.of("app", "a"), false),
                new Case("!app", Map.of("tier", "c"), true),
                new Case("!app", Map.of("app", "c"), false),
                new Case("app.kubernetes.io/name=orders", Map.of("app.kubernetes.io/name", "orders"), true),
                new Case("", Map.of("app", "a"), false));
    }

    @ParameterizedTest
    @ValueSource(strings = {"app in (a", "a b c", "=", "app=a=b", "(((((", "app in ((a))"})
    void refusesWhatIsNoSelector(String text) {
        assertThrows(IllegalArgumentException.class, () -> LabelQuery.parse(text));
    }

    @Test
    void refusesAHugeSelector() {
        assertThrows(IllegalArgumentException.class, () -> LabelQuery.parse("a,".repeat(100_000)));
    }

    @Test
    void readsTheSelectorOfAnObject() {
        LabelQuery query = LabelQuery.of(Map.of(
                "matchLabels",
                Map.of("app", "a"),
                "matchExpressions",
                List.of(
                        Map.of("key", "tier", "operator", "In", "values", List.of("x", "y")),
                        Map.of("key", "old", "operator", "DoesNotExist"))));
        assertTrue(query.matches(Map.of("app", "a", "tier", "y")));
        assertFalse(query.matches(Map.of("app", "a", "tier", "y", "old", "")));
        assertFalse(LabelQuery.of("text").matches(Map.of("app", "a")));
        assertThrows(
                IllegalArgumentException.class,
                () -> LabelQuery.of(Map.of("matchExpressions", List.of(Map.of("key", "a", "operator", "Gt")))));
    }

    @Test
    void takesFromPodsOfOneSelectorThoseOfOneStatefulSet() {
        GenericKubernetesResource set = ApiObjects.of("""
                metadata: {name: alpha-worker, namespace: sales}
                spec: {replicas: 2, selector: {matchLabels: {spark-role: worker}}}
                """);
        LabelQuery pods = ScaleView.ofObject("StatefulSet", set).pods();
        assertTrue(pods.matches(worker("alpha-worker-0")));
        assertTrue(pods.matches(worker("alpha-worker-17")));
        for (String other : List.of(
                "beta-worker-0",
                "alpha-worker",
                "alpha-worker-",
                "alpha-worker-x",
                "alpha-worker-1-0",
                "alpha-worke-0")) {
            assertFalse(pods.matches(worker(other)), other);
        }
        assertFalse(pods.matches(Map.of("statefulset.kubernetes.io/pod-name", "alpha-worker-0")));
        assertFalse(pods.matches(Map.of("spark-role", "worker")));
        assertTrue(ScaleView.ofObject("Deployment", set).pods().matches(Map.of("spark-role", "worker")));
        assertEquals(LabelQuery.NOTHING, LabelQuery.NOTHING.and(new LabelQuery.Exists("a")));
    }

    private static Map<String, String> worker(String pod) {
        return Map.of("spark-role", "worker", "statefulset.kubernetes.io/pod-name", pod);
    }
}
