package io.tidegate.testbed.kubelet;

import java.nio.file.Path;
import java.util.Map;

/**
 * What a container finds on its node.
 *
 * @param podIp address of its pod
 * @param folder its working directory
 * @param mounts where its mount paths really are
 * @param variables those that every container of the node gets
 */
record ContainerSite(String podIp, Path folder, Mounts mounts, Map<String, String> variables) {
    ContainerSite {
        variables = Map.copyOf(variables);
    }
}
