package io.tidegate.images;

import io.tidegate.testbed.cli.CommandRunner;
import io.tidegate.testbed.files.TestbedHome;
import io.tidegate.testbed.process.Progress;
import io.tidegate.testbed.services.ServiceKind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Builds the images of the services. */
@Command(
        name = "./tidegate images",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = {
            "Builds OCI images of the three services, without a container engine: a C runtime of Debian's packages, a Java",
            "runtime, the libraries, the service, and a cache by which it starts faster. They run as user 65532 and have no",
            "shell. Beside each tar lies a bill of its materials (CycloneDX)."
        })
public final class ImagesCommand implements Callable<Integer> {

    @Option(
            names = "--output",
            paramLabel = "DIR",
            description =
                    "Writes SERVICE.tar (OCI layout) and SERVICE.cdx.json there; target/images unless it is given or"
                            + " images are pushed.")
    private @Nullable Path output;

    @Option(
            names = "--push",
            paramLabel = "HOST[/PREFIX]",
            description =
                    "Pushes to this registry, with the credentials of docker login, as HOST/PREFIX/tidegate/SERVICE:"
                            + " what the chart takes as image.registry.")
    private @Nullable String registry;

    @Option(
            names = "--tag",
            paramLabel = "TAG",
            description = "Tag of the images; the chart's appVersion unless it is given.")
    private @Nullable String tag;

    @Option(
            names = "--from",
            paramLabel = "IMAGE",
            description =
                    "Puts the layers on this image, which must have glibc, instead of a C runtime of Debian's packages:"
                            + " a name in a registry, or tar://FILE.")
    private @Nullable String base;

    @Option(
            names = "--service",
            paramLabel = "NAME",
            description = "Only this service: telemetry-collector, policy-engine or autoscaler. May be given again.")
    private List<String> services = List.of();

    @Option(names = "--insecure", description = "Speaks plain HTTP where HTTPS fails; only for registries on loopback.")
    private boolean insecure;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    /** For {@link CommandRunner}, and for tests that run the command in their own JVM. */
    public ImagesCommand() {}

    public static void main(String[] arguments) {
        CommandRunner.run(new ImagesCommand(), arguments);
    }

    @Override
    public Integer call() throws IOException {
        List<ServiceKind> kinds = kinds();
        Target target = target();
        JavaRuntime.require(Runtime.version().feature(), Path.of(System.getProperty("java.home")));
        Path home = TestbedHome.root();
        Path folder =
                Files.createDirectories((output == null ? home.resolve("target/images") : output).toAbsolutePath());
        Progress progress = spec.commandLine().getOut()::println;
        ImageBuild build = ImageBuild.prepare(home.resolve("target/images/work"), base, progress);
        ImageWriter writer = new ImageWriter(build.cache(), insecure, base);
        List<String> digests = new ArrayList<>();
        for (ServiceKind kind : kinds) {
            kind.application();
            List<ImageLayer> layers = build.layers(kind);
            String name = target.name(kind);
            BillOfMaterials.write(
                    folder.resolve(kind.module() + ".cdx.json"),
                    Target.REPOSITORIES + kind.module(),
                    target.tag(),
                    kind.application(),
                    build.packages(),
                    base);
            if (registry == null || output != null) {
                Path tar = folder.resolve(kind.module() + ".tar");
                String digest =
                        progress.during("writing " + tar, () -> writer.write(kind, target.tag(), layers, tar, name));
                progress.line(tar + " is " + name + " (" + digest + ")");
            }
            if (registry != null) {
                String digest = progress.during("pushing " + name, () -> writer.push(kind, target.tag(), layers, name));
                progress.line("pushed " + name + "@" + digest);
                digests.add("--set " + Target.chartPart(kind) + ".image.digest=" + digest);
            }
        }
        if (registry != null) {
            progress.line("");
            progress.line("helm install tidegate k8s/chart --set image.registry=" + registry + " "
                    + String.join(" ", digests));
        }
        spec.commandLine().getOut().flush();
        return 0;
    }

    private Target target() {
        try {
            Target target = Target.of(registry, tag);
            target.check(insecure, base);
            return target;
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), e.getMessage(), e);
        }
    }

    private List<ServiceKind> kinds() {
        List<ServiceKind> kinds = new ArrayList<>();
        for (ServiceKind kind : ServiceKind.values()) {
            if (services.isEmpty() || services.contains(kind.module())) {
                kinds.add(kind);
            }
        }
        for (String service : services) {
            if (kinds.stream().noneMatch(kind -> kind.module().equals(service))) {
                throw new ParameterException(
                        spec.commandLine(),
                        "There is no service '" + service + "': name "
                                + Arrays.stream(ServiceKind.values())
                                        .map(ServiceKind::module)
                                        .collect(Collectors.joining(", "))
                                + ".");
            }
        }
        return kinds;
    }
}
