package io.tidegate.tools.manifest;

import java.util.Map;
import org.yaml.snakeyaml.DumperOptions;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.representer.Representer;

/** Writes objects as YAML that kubectl reads as they are. */
public final class ManifestWriter {

    private static final int WIDTH = 200;

    private ManifestWriter() {}

    public static String write(Map<String, Object> object) {
        DumperOptions options = new DumperOptions();
        options.setDefaultFlowStyle(DumperOptions.FlowStyle.BLOCK);
        options.setIndicatorIndent(2);
        options.setIndentWithIndicator(true);
        options.setWidth(WIDTH);
        LoaderOptions loading = new LoaderOptions();
        return new Yaml(
                        new SafeConstructor(loading),
                        new Representer(options),
                        options,
                        loading,
                        new KubernetesScalars())
                .dump(object);
    }
}
