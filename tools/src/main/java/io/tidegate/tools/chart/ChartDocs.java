package io.tidegate.tools.chart;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;

/**
 * Writes what of the chart comes from elsewhere: its README from the values, and copies of files that templates read. A chart
 * can't read outside its folder, and links are not in the archives that some GitOps tools make of a repository.
 */
public final class ChartDocs {

    private static final String CHART = "k8s/chart";

    private static final List<Source> SOURCES = List.of(
            new Source("k8s/crds", ".yaml", "crds"),
            new Source("k8s/rbac", ".yaml", "rbac"),
            new Source("grafana-dashboards/dashboards", ".json", "dashboards"),
            new Source("grafana-dashboards/rules", ".rules.yaml", "rules"));

    private ChartDocs() {}

    /**
     * Writes README and copies.
     *
     * @param arguments the repository's folder
     * @throws IOException if a source can't be read or a file not be written
     */
    public static void main(String[] arguments) throws IOException {
        if (arguments.length != 1) {
            System.err.println("Usage: ChartDocs REPOSITORY");
            System.exit(2);
        }
        Path root = Path.of(arguments[0]);
        Files.writeString(root.resolve(CHART).resolve("README.md"), readme(root));
        for (Copy copy : copies(root)) {
            Files.createDirectories(copy.target().getParent());
            Files.copy(copy.source(), copy.target(), StandardCopyOption.REPLACE_EXISTING);
        }
        System.out.println("k8s/chart/README.md and k8s/chart/files are written");
    }

    /** A folder, which of its files are copied, and the folder among the chart's files for them. */
    private record Source(String folder, String suffix, String target) {
        /** The namespace is helm's to make. */
        boolean has(Path file) {
            String name = file.getFileName().toString();
            return name.endsWith(suffix) && !name.equals("namespace.yaml");
        }
    }

    /** A file of the chart and where it comes from. */
    record Copy(Path source, Path target) {}

    static List<Copy> copies(Path root) throws IOException {
        List<Copy> copies = new ArrayList<>();
        for (Source source : SOURCES) {
            Path folder = root.resolve(source.folder());
            if (Files.isDirectory(folder)) {
                Path target = root.resolve(CHART).resolve("files").resolve(source.target());
                try (var files = Files.list(folder)) {
                    files.filter(source::has)
                            .sorted()
                            .forEach(file -> copies.add(new Copy(
                                    file, target.resolve(file.getFileName().toString()))));
                }
            }
        }
        return copies;
    }

    static String readme(Path root) throws IOException {
        StringBuilder text = new StringBuilder("""
                # Tidegate's Helm chart

                Made from `values.yaml` by `./tidegate docs`; don't edit it by hand.

                    helm install tidegate k8s/chart --namespace tidegate --create-namespace \\
                      --set kafka.bootstrapServers=kafka-bootstrap.kafka.svc:9092

                It needs Kubernetes 1.30 or later and a Kafka that the services reach. Unknown or misspelt values are refused.

                - **Rights.** Three service accounts. The engine has no rights and no token. The collector reads. The autoscaler patches
                  scale subresources, the policies' status, its own Events, and one annotation of Spark drivers, to which an admission
                  policy holds it. `watch.namespaces` makes Roles in those namespaces instead of ClusterRoles; only profiles and the
                  namespaces themselves, which belong to no namespace, are then still read cluster-wide.
                - **Limits of domains**: annotations of a namespace bound the sizes, kinds and modes of its policies
                  ([which](../../docs/policy.md#limits-of-a-domain)).
                - **Pods** run under the restricted Pod Security Standard with a read-only root.
                - **Network policies** deny all but what is listed there. They were dry-run by an API server, and enforced nowhere yet.
                - **Upgrades** bring the custom resource definitions along. `helm uninstall` leaves them, and with them all policies.
                - **Kafka with TLS or SASL**: put the settings into `kafka.properties`, and what is secret into a Secret that
                  `kafka.existingSecret` names. A key store is a key of it, and lies in `/etc/tidegate/kafka`.
                - **Images**: `./tidegate images --push REGISTRY` builds them and puts them where
                  `image.registry=REGISTRY` finds them.
                - **Air gap**: `image.registry` goes before all three repositories; the chart names no other image.
                - **GitOps**: `k8s/gitops` has an Argo CD Application and a Flux Kustomization.

                | value | default | meaning |
                |---|---|---|
                """);
        for (ChartValue value :
                ChartValue.read(Files.readAllLines(root.resolve(CHART).resolve("values.yaml")))) {
            text.append("| `%s` | `%s` | %s |\n"
                    .formatted(
                            value.key(),
                            value.defaultValue().replace("|", "\\|"),
                            value.description().replace("|", "\\|")));
        }
        return text.toString();
    }
}
