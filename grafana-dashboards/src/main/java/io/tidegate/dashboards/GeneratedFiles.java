package io.tidegate.dashboards;

import io.tidegate.dashboards.boards.Boards;
import io.tidegate.dashboards.grafana.BoardJson;
import io.tidegate.dashboards.rules.RuleFiles;
import io.tidegate.dashboards.rules.Scenarios;
import java.util.LinkedHashMap;
import java.util.Map;

/** All files of this module that are made of code. */
public final class GeneratedFiles {

    private GeneratedFiles() {}

    /** Their texts, by their path in the module. */
    public static Map<String, String> all() {
        Map<String, String> files = new LinkedHashMap<>();
        Boards.all().forEach(board -> files.put("dashboards/" + board.uid() + ".json", BoardJson.render(board)));
        RuleFiles.all().forEach((name, text) -> files.put("rules/" + name, text));
        files.put("rules/" + Scenarios.FILE, Scenarios.file());
        return files;
    }
}
