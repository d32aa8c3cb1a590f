package io.tidegate.testbed;

import io.tidegate.testbed.ingest.IngestImage;
import io.tidegate.testbed.kubelet.EntryPoint;
import io.tidegate.testbed.services.ServiceImages;
import io.tidegate.testbed.spark.SparkImages;
import java.util.HashMap;
import java.util.Map;

/** The images that process nodes of the testbed know. */
public final class SampleImages {
    private SampleImages() {}

    /** The sample service's, Spark's, and those of the services. */
    public static Map<String, EntryPoint> with(IngestImage ingest) {
        Map<String, EntryPoint> images = new HashMap<>(SparkImages.all());
        images.putAll(ServiceImages.all());
        images.put(IngestImage.NAME, EntryPoint.program(ingest.command()));
        return images;
    }
}
