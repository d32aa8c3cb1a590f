package io.tidegate.testbed.kubelet;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.EnvVarSource;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.Pod;
import io.tidegate.testbed.process.TestbedException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The process that a container of a pod comes to.
 *
 * @param command program and arguments
 * @param environment its variables
 */
record ContainerLaunch(List<String> command, Map<String, String> environment) {
    /** Variable through which a container learns the file that it may make to say that it is ready. */
    static final String READY_FILE = "READY_FILE";

    private static final Pattern REFERENCE = Pattern.compile("\\$\\(([A-Za-z_][A-Za-z0-9_]*)\\)");
    private static final Pattern KEYED_FIELD = Pattern.compile("metadata\\.(labels|annotations)\\['([^']+)'\\]");

    /** The container asks for something that this kubelet does not have; the message says what. */
    static final class UnsupportedException extends Exception {
        private static final long serialVersionUID = 1L;

        UnsupportedException(String message) {
            super(message);
        }
    }

    static ContainerLaunch of(Pod pod, Container container, ContainerSite site, Map<String, EntryPoint> images)
            throws UnsupportedException {
        Map<String, String> environment = new LinkedHashMap<>(site.variables());
        environment.put(READY_FILE, site.folder().resolve(ReadyFiles.NAME).toString());
        environment.put("HOSTNAME", pod.getMetadata().getName());
        if (!container.getEnvFrom().isEmpty()) {
            throw new UnsupportedException("envFrom is not supported");
        }
        for (EnvVar variable : container.getEnv()) {
            environment.put(variable.getName(), value(pod, variable, site, environment));
        }
        List<String> arguments = container.getArgs().stream()
                .map(word -> word(word, environment, site.mounts()))
                .toList();
        if (!container.getCommand().isEmpty()) {
            Stream<String> program =
                    container.getCommand().stream().map(word -> word(word, environment, site.mounts()));
            return new ContainerLaunch(
                    Stream.concat(program, arguments.stream()).toList(), environment);
        }
        @Nullable EntryPoint image = images.get(container.getImage());
        if (image == null) {
            throw new UnsupportedException("image " + container.getImage()
                    + " is not known to the process kubelet, and the container has no command");
        }
        try {
            return new ContainerLaunch(image.command(arguments, environment), environment);
        } catch (TestbedException e) {
            throw new UnsupportedException(String.valueOf(e.getMessage()));
        }
    }

    private static String value(Pod pod, EnvVar variable, ContainerSite site, Map<String, String> earlier)
            throws UnsupportedException {
        @Nullable EnvVarSource source = variable.getValueFrom();
        if (source == null) {
            return variable.getValue() == null ? "" : word(variable.getValue(), earlier, site.mounts());
        }
        if (source.getFieldRef() == null) {
            throw new UnsupportedException("variable " + variable.getName() + ": only fieldRef is supported");
        }
        return field(pod, source.getFieldRef().getFieldPath(), site.podIp());
    }

    static String field(Pod pod, String path, String podIp) throws UnsupportedException {
        ObjectMeta metadata = pod.getMetadata();
        Matcher keyed = KEYED_FIELD.matcher(path);
        if (keyed.matches()) {
            Map<String, String> map =
                    keyed.group(1).equals("labels") ? metadata.getLabels() : metadata.getAnnotations();
            return map == null ? "" : map.getOrDefault(keyed.group(2), "");
        }
        return switch (path) {
            case "metadata.name" -> metadata.getName();
            case "metadata.namespace" -> metadata.getNamespace();
            case "metadata.uid" -> metadata.getUid();
            case "spec.nodeName" -> pod.getSpec().getNodeName();
            case "spec.serviceAccountName" -> String.valueOf(pod.getSpec().getServiceAccountName());
            case "status.podIP" -> podIp;
            case "status.hostIP" -> "127.0.0.1";
            default -> throw new UnsupportedException("field " + path + " is not supported");
        };
    }

    private static String word(String text, Map<String, String> environment, Mounts mounts) {
        return mounts.rewrite(expand(text, environment));
    }

    /** Replaces $(NAME) by the variable's value, as Kubernetes does; unknown names stay as they are. */
    private static String expand(String text, Map<String, String> environment) {
        return REFERENCE.matcher(text).replaceAll(match -> {
            String value = environment.get(match.group(1));
            return Matcher.quoteReplacement(value == null ? match.group() : value);
        });
    }
}
