package io.tidegate.testbed.services;

import io.tidegate.testbed.kubelet.EntryPoint;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What stands for the images of the services: the built applications, each run by {@code java} alone. All else that a
 * service is started with comes from its pod.
 */
public final class ServiceImages {
    /** The tag of the images. */
    public static final String TAG = "testbed";

    private ServiceImages() {}

    /** All three, by name. They look for the application when they are first used. */
    public static Map<String, EntryPoint> all() {
        Map<String, EntryPoint> images = new HashMap<>();
        for (ServiceKind kind : ServiceKind.values()) {
            images.put(
                    "tidegate/" + kind.module() + ":" + TAG,
                    (arguments, environment) -> EntryPoint.program(ServiceProgram.command(kind, List.of()))
                            .command(arguments, environment));
        }
        return images;
    }
}
