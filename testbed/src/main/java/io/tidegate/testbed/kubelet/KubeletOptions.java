package io.tidegate.testbed.kubelet;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;

/**
 * What a process kubelet offers.
 *
 * @param node name of its node
 * @param folder where containers have their working directories and logs
 * @param images what stands for an image; containers of other images need a {@code command} of their own
 * @param cpus processors that the node claims to have; it does not limit anything
 * @param memoryGibibytes memory that the node claims to have
 * @param usagePeriod how often the usage of pods is published
 * @param firstBackOff wait before the second restart of a container, doubled for each further one up to 5 minutes
 */
public record KubeletOptions(
        String node,
        Path folder,
        Map<String, EntryPoint> images,
        int cpus,
        int memoryGibibytes,
        Duration usagePeriod,
        Duration firstBackOff) {

    public KubeletOptions {
        images = Map.copyOf(images);
    }

    /** A node with room for any test, Kubernetes' own back-off, usage every 3 s. */
    public static KubeletOptions of(String node, Path folder, Map<String, EntryPoint> images) {
        return new KubeletOptions(node, folder, images, 64, 64, Duration.ofSeconds(3), Duration.ofSeconds(10));
    }

    public KubeletOptions withUsagePeriod(Duration period) {
        return new KubeletOptions(node, folder, images, cpus, memoryGibibytes, period, firstBackOff);
    }

    public KubeletOptions withFirstBackOff(Duration wait) {
        return new KubeletOptions(node, folder, images, cpus, memoryGibibytes, usagePeriod, wait);
    }
}
