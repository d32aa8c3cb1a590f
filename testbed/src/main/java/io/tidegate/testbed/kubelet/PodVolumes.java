package io.tidegate.testbed.kubelet;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.DownwardAPIProjection;
import io.fabric8.kubernetes.api.model.DownwardAPIVolumeFile;
import io.fabric8.kubernetes.api.model.KeyToPath;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.ProjectedVolumeSource;
import io.fabric8.kubernetes.api.model.ServiceAccountTokenProjection;
import io.fabric8.kubernetes.api.model.Volume;
import io.fabric8.kubernetes.api.model.VolumeMount;
import io.fabric8.kubernetes.api.model.VolumeProjection;
import io.fabric8.kubernetes.api.model.authentication.TokenRequestStatus;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.tidegate.testbed.files.FileTree;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.System.Logger.Level;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The volumes of a pod: folders of this machine, made when a container first mounts them and removed with the pod.
 * Known are {@code emptyDir}, {@code configMap}, {@code secret}, and {@code projected} with service account tokens, config
 * maps and fields of the pod.
 */
final class PodVolumes implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger(PodVolumes.class.getName());

    /** The volume of this prefix is added to every pod by admission. */
    private static final String API_ACCESS = "kube-api-access-";

    private static final String API_ACCESS_PATH = "/var/run/secrets/kubernetes.io/serviceaccount";

    /** Tokens are replaced when this much of their life is over, as Kubernetes' own kubelet does. */
    private static final double REPLACED_AFTER = 0.8;

    private static final Duration RETRY = Duration.ofSeconds(10);

    private final PodContext context;
    private final Path folder;
    private final Set<String> made = new HashSet<>();
    private volatile boolean closed;

    /** A volume cannot be made yet; the message says why. */
    static final class NotYetException extends Exception {
        private static final long serialVersionUID = 1L;

        NotYetException(String message, @Nullable Throwable cause) {
            super(message, cause);
        }
    }

    PodVolumes(PodContext context, Pod pod) {
        this.context = context;
        this.folder = context.options()
                .folder()
                .resolve(".volumes")
                .resolve(pod.getMetadata().getUid());
    }

    /** Makes the volumes of a container and says where they are. */
    Mounts mounts(Pod pod, Container container, Path workingDirectory)
            throws ContainerLaunch.UnsupportedException, NotYetException {
        Map<String, Path> places = new HashMap<>();
        places.put(
                container.getTerminationMessagePath() == null
                        ? "/dev/termination-log"
                        : container.getTerminationMessagePath(),
                workingDirectory.resolve(RunningContainer.TERMINATION_LOG));
        for (VolumeMount mount : container.getVolumeMounts()) {
            if (!isUnusedApiAccess(pod, mount.getName())) {
                Path place = make(pod, volume(pod, mount.getName()));
                places.put(
                        mount.getMountPath(), mount.getSubPath() == null ? place : place.resolve(mount.getSubPath()));
            }
        }
        return new Mounts(places);
    }

    /** The service account "default" has no rights here, and a token for each of its pods would cost their start. */
    private static boolean isUnusedApiAccess(Pod pod, String volume) {
        return volume.startsWith(API_ACCESS) && "default".equals(pod.getSpec().getServiceAccountName());
    }

    private static Volume volume(Pod pod, String name) throws ContainerLaunch.UnsupportedException {
        return pod.getSpec().getVolumes().stream()
                .filter(volume -> volume.getName().equals(name))
                .findFirst()
                .orElseThrow(() -> new ContainerLaunch.UnsupportedException("there is no volume " + name));
    }

    private Path make(Pod pod, Volume volume) throws ContainerLaunch.UnsupportedException, NotYetException {
        Path place = folder.resolve(volume.getName());
        if (made.contains(volume.getName())) {
            return place;
        }
        try {
            Files.createDirectories(place);
            fill(pod, volume, place);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (KubernetesClientException e) {
            throw new NotYetException("volume " + volume.getName() + ": " + e.getMessage(), e);
        }
        made.add(volume.getName());
        return place;
    }

    private void fill(Pod pod, Volume volume, Path place)
            throws ContainerLaunch.UnsupportedException, NotYetException, IOException {
        String namespace = pod.getMetadata().getNamespace();
        if (volume.getProjected() != null) {
            project(pod, volume.getProjected(), place);
        } else if (volume.getConfigMap() != null) {
            String name = volume.getConfigMap().getName();
            write(
                    context.api().configMap(namespace, name),
                    name,
                    volume.getConfigMap().getItems(),
                    place);
        } else if (volume.getSecret() != null) {
            String name = volume.getSecret().getSecretName();
            write(
                    context.api().secret(namespace, name),
                    name,
                    volume.getSecret().getItems(),
                    place);
        } else if (volume.getEmptyDir() == null) {
            throw new ContainerLaunch.UnsupportedException(
                    "volume " + volume.getName() + ": only emptyDir, configMap, secret and projected are supported");
        }
    }

    /**
     * Variables that tell the Kubernetes client of Java programs where its token and the server's certificate really are: it
     * looks for them at a path that is built into it.
     */
    static Map<String, String> apiAccess(Mounts mounts) {
        String place = mounts.rewrite(API_ACCESS_PATH);
        return place.equals(API_ACCESS_PATH)
                ? Map.of()
                : Map.of(
                        "KUBERNETES_AUTH_SERVICEACCOUNT_TOKEN", place + "/token",
                        "KUBERNETES_CERTS_CA_FILE", place + "/ca.crt");
    }

    private void project(Pod pod, ProjectedVolumeSource source, Path place)
            throws ContainerLaunch.UnsupportedException, NotYetException, IOException {
        for (VolumeProjection projection : source.getSources()) {
            if (projection.getServiceAccountToken() != null) {
                projectToken(pod, projection.getServiceAccountToken(), place);
            } else if (projection.getConfigMap() != null) {
                String name = projection.getConfigMap().getName();
                write(
                        context.api().configMap(pod.getMetadata().getNamespace(), name),
                        name,
                        projection.getConfigMap().getItems(),
                        place);
            } else if (projection.getDownwardAPI() != null) {
                projectFields(pod, projection.getDownwardAPI(), place);
            } else {
                throw new ContainerLaunch.UnsupportedException(
                        "only tokens, config maps and fields of the pod can be projected");
            }
        }
    }

    private void projectToken(Pod pod, ServiceAccountTokenProjection projection, Path place) throws IOException {
        TokenRequestStatus token = context.api().token(pod, projection);
        write(place.resolve(projection.getPath()), token.getToken());
        long lifeMillis = Duration.between(Instant.now(), Instant.parse(token.getExpirationTimestamp()))
                .toMillis();
        replaceTokenIn(Duration.ofMillis((long) (lifeMillis * REPLACED_AFTER)), pod, projection, place);
    }

    private void replaceTokenIn(Duration wait, Pod pod, ServiceAccountTokenProjection projection, Path place) {
        context.later(wait, () -> {
            if (!closed) {
                Thread.ofVirtual().start(() -> replaceToken(pod, projection, place));
            }
        });
    }

    private void replaceToken(Pod pod, ServiceAccountTokenProjection projection, Path place) {
        try {
            projectToken(pod, projection, place);
        } catch (IOException | KubernetesClientException e) {
            if (!closed) {
                LOG.log(
                        Level.WARNING,
                        "Cannot replace a token of pod " + pod.getMetadata().getName(),
                        e);
                replaceTokenIn(RETRY, pod, projection, place);
            }
        }
    }

    private static void write(Optional<Map<String, String>> content, String name, List<KeyToPath> items, Path place)
            throws NotYetException, IOException {
        Map<String, String> data = content.orElseThrow(() -> new NotYetException(name + " is not there", null));
        if (items.isEmpty()) {
            for (Map.Entry<String, String> entry : data.entrySet()) {
                write(place.resolve(entry.getKey()), entry.getValue());
            }
        }
        for (KeyToPath item : items) {
            write(place.resolve(item.getPath()), data.getOrDefault(item.getKey(), ""));
        }
    }

    private static void projectFields(Pod pod, DownwardAPIProjection projection, Path place)
            throws ContainerLaunch.UnsupportedException, IOException {
        for (DownwardAPIVolumeFile file : projection.getItems()) {
            if (file.getFieldRef() == null) {
                throw new ContainerLaunch.UnsupportedException(
                        "file " + file.getPath() + ": only fieldRef is supported");
            }
            write(
                    place.resolve(file.getPath()),
                    ContainerLaunch.field(pod, file.getFieldRef().getFieldPath(), ""));
        }
    }

    /** Writes a file that only this user can read; those who read it meanwhile see the old one or the new one. */
    private static void write(Path file, String text) throws IOException {
        Path parent = file.getParent();
        Files.createDirectories(parent);
        Path written = Files.createTempFile(parent, ".", "");
        Files.writeString(written, text);
        Files.move(written, file, StandardCopyOption.ATOMIC_MOVE);
    }

    @Override
    public void close() {
        closed = true;
        try {
            FileTree.delete(folder);
        } catch (IOException e) {
            LOG.log(Level.DEBUG, "Cannot remove " + folder, e);
        }
    }
}
