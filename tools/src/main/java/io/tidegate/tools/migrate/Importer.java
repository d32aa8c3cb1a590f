package io.tidegate.tools.migrate;

import io.tidegate.tools.manifest.Manifest;
import java.util.ArrayList;
import java.util.List;

/** Makes policies of all that other autoscalers are told in some manifests; what is none of these is passed over. */
public final class Importer {

    private final String mode;

    /** The mode to write into each policy; empty for none, which means that it is carried out. */
    public Importer(String mode) {
        this.mode = mode;
    }

    public List<Imported> read(List<Manifest> manifests) {
        Connections connections = new Connections();
        List<Imported> imported = new ArrayList<>();
        for (Manifest manifest : manifests) {
            switch (manifest.group() + "/" + manifest.kind()) {
                case "autoscaling/HorizontalPodAutoscaler" ->
                    imported.add(HorizontalPodAutoscalerImport.read(manifest, mode));
                case "keda.sh/ScaledObject" -> imported.add(ScaledObjectImport.read(manifest, mode, connections));
                case "keda.sh/ScaledJob" -> imported.add(scaledJob(manifest));
                default -> {
                    // Not an autoscaler's.
                }
            }
        }
        return imported;
    }

    private static Imported scaledJob(Manifest manifest) {
        Notes notes = new Notes(manifest);
        notes.add("kind", "(ScaledJob) has no equal: a policy scales what runs, it starts no Jobs.");
        return new Imported(manifest, List.of(), notes.all());
    }
}
