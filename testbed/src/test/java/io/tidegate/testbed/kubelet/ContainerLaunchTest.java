package io.tidegate.testbed.kubelet;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerBuilder;
import io.fabric8.kubernetes.api.model.EnvVarBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.tidegate.testbed.kubelet.ContainerLaunch.UnsupportedException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ContainerLaunchTest {
    private static final Map<String, EntryPoint> IMAGES =
            Map.of("known", EntryPoint.program(List.of("/bin/known", "--fast")));
    private static final Path FOLDER = Path.of("run");

    @Test
    void takesCommandAndArgumentsAsTheyAre() throws UnsupportedException {
        Container container = new ContainerBuilder()
                .withImage("anything")
                .withCommand("/bin/sh", "-c", "echo $HOME '$(date)'")
                .withArgs("a b", "$(MISSING)")
                .build();

        assertEquals(
                List.of("/bin/sh", "-c", "echo $HOME '$(date)'", "a b", "$(MISSING)"),
                launch(container).command());
    }

    @Test
    void putsTheImagesProgramWhereNoCommandIs() throws UnsupportedException {
        Container container =
                new ContainerBuilder().withImage("known").withArgs("--more").build();

        assertEquals(
                List.of("/bin/known", "--fast", "--more"), launch(container).command());
    }

    @Test
    void fillsVariablesFromValuesFieldsAndEarlierVariables() throws UnsupportedException {
        Container container = new ContainerBuilder()
                .withImage("known")
                .withEnv(
                        new EnvVarBuilder().withName("A").withValue("1$5").build(),
                        new EnvVarBuilder().withName("B").withValue("<$(A)>").build(),
                        new EnvVarBuilder().withName("EMPTY").build(),
                        field("POD", "metadata.name"),
                        field("IP", "status.podIP"),
                        field("TEAM", "metadata.labels['team']"),
                        field("NONE", "metadata.annotations['none']"))
                .withArgs("$(POD)/$(B)")
                .build();

        ContainerLaunch launch = launch(container);

        assertEquals(
                Map.of(
                        "A", "1$5",
                        "B", "<1$5>",
                        "EMPTY", "",
                        "POD", "web-0",
                        "IP", "127.77.0.1",
                        "TEAM", "sales",
                        "NONE", "",
                        "HOSTNAME", "web-0",
                        "READY_FILE", FOLDER.resolve("ready").toString()),
                launch.environment());
        assertEquals("web-0/<1$5>", launch.command().getLast());
    }

    @Test
    void saysWhatItDoesNotSupport() {
        Map<String, Container> unsupported = Map.of(
                "image other is not known to the process kubelet, and the container has no command",
                new ContainerBuilder().withImage("other").build(),
                "field status.phase is not supported",
                new ContainerBuilder()
                        .withImage("known")
                        .withEnv(field("X", "status.phase"))
                        .build(),
                "variable X: only fieldRef is supported",
                new ContainerBuilder()
                        .withImage("known")
                        .withEnv(new EnvVarBuilder()
                                .withName("X")
                                .withNewValueFrom()
                                .withNewSecretKeyRef("key", "secret", false)
                                .endValueFrom()
                                .build())
                        .build());

        unsupported.forEach((message, container) -> assertEquals(
                message,
                assertThrows(UnsupportedException.class, () -> launch(container))
                        .getMessage()));
    }

    private static io.fabric8.kubernetes.api.model.EnvVar field(String name, String path) {
        return new EnvVarBuilder()
                .withName(name)
                .withNewValueFrom()
                .withNewFieldRef("v1", path)
                .endValueFrom()
                .build();
    }

    private static ContainerLaunch launch(Container container) throws UnsupportedException {
        Pod pod = new PodBuilder()
                .withNewMetadata()
                .withNamespace("shop")
                .withName("web-0")
                .addToLabels("team", "sales")
                .endMetadata()
                .withNewSpec()
                .endSpec()
                .build();
        return ContainerLaunch.of(
                pod, container, new ContainerSite("127.77.0.1", FOLDER, Mounts.NONE, Map.of()), IMAGES);
    }
}
