package io.tidegate.tools.chart;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Writes what of the chart comes from elsewhere: its README from the values, and copies of files that templates read. A chart
 * can't read outside its folder, and links are not in the archives that some GitOps tools make of a repository.
 */
public final class ChartDocs {

    private static final String CHART = "k8s/chart";

    /** Folders whose files are copied, and the folder in the chart's files for them. */
    private static final Map<String, String> COPIES = new LinkedHashMap<>();

    static {
        COPIES.put("k8s/crds", "crds");
        COPIES.put("k8s/rbac", "rbac");
        COPIES.put("grafana-dashboards/dashboards", "dashboards");
        COPIES.put("grafana-dashboards/rules", "rules");
    }

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

    /** A file of the chart and where it comes from. */
    record Copy(Path source, Path target) {}

    static List<Copy> copies(Path root) throws IOException {
        List<Copy> copies = new ArrayList<>();
        for (Map.Entry<String, String> entry : COPIES.entrySet()) {
            Path source = root.resolve(entry.getKey());
            if (Files.isDirectory(source)) {
                try (var files = Files.list(source)) {
                    files.filter(ChartDocs::isManifest)
                            .sorted()
                            .forEach(file -> copies.add(new Copy(
                                    file,
                                    root.resolve(CHART)
                                            .resolve("files")
                                            .resolve(entry.getValue())
                                            .resolve(file.getFileName().toString()))));
                }
            }
        }
        return copies;
    }

    /** The namespace is helm's to make, and tests of rules are no rules. */
    private static boolean isManifest(Path file) {
        String name = file.getFileName().toString();
        return (name.endsWith(".yaml") || name.endsWith(".json"))
                && !name.equals("namespace.yaml")
                && !name.endsWith("-test.yaml")
                && !name.endsWith("_test.yaml");
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
                - **Pods** run under the restricted Pod Security Standard with a read-only root.
                - **Network policies** deny all but what is listed there. They were dry-run by an API server, and enforced nowhere yet.
                - **Upgrades** bring the custom resource definitions along. `helm uninstall` leaves them, and with them all policies.
                - **Kafka with TLS or SASL**: put the settings into `kafka.properties`, and what is secret into a Secret that
                  `kafka.existingSecret` names. A key store is a key of it, and lies in `/etc/tidegate/kafka`.
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
