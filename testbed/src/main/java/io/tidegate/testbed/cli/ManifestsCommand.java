package io.tidegate.testbed.cli;

import io.tidegate.testbed.files.RunDirectory;
import io.tidegate.testbed.helm.Helm;
import io.tidegate.testbed.helm.KustomizeFiles;
import io.tidegate.testbed.process.Progress;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.Map;
import picocli.CommandLine.Command;

/** Writes the manifests that are made from the chart. */
@Command(
        name = "manifests",
        mixinStandardHelpOptions = true,
        description = "Writes what of k8s/kustomize is made from the chart.")
final class ManifestsCommand implements Runnable {

    @Override
    public void run() {
        try (RunDirectory directory = RunDirectory.create(false)) {
            KustomizeFiles files = new KustomizeFiles(Helm.locate(directory.folder("helm"), Progress.console()));
            for (Map.Entry<String, String> file : files.render().entrySet()) {
                Files.writeString(KustomizeFiles.folder().resolve(file.getKey()), file.getValue());
                System.out.println("k8s/kustomize/" + file.getKey() + " is written");
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
