package io.tidegate.renderer;

import io.tidegate.renderer.board.Board;
import io.tidegate.renderer.board.BoardAnswers;
import io.tidegate.renderer.board.Span;
import io.tidegate.renderer.browser.Chromium;
import io.tidegate.renderer.browser.Drawing;
import io.tidegate.renderer.browser.Drawing.Drawn;
import io.tidegate.renderer.browser.Page;
import io.tidegate.renderer.browser.SmallPng;
import io.tidegate.testbed.files.TestbedHome;
import io.tidegate.testbed.prometheus.PrometheusApi;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Takes a picture of each dashboard of this repository. */
public final class Pictures {

    /** The dashboard of one workload. */
    private static final String WORKLOAD = "tidegate-workload";

    private final Chromium chromium;
    private final PrometheusApi prometheus;

    /** None yet. */
    public Pictures(Chromium chromium, PrometheusApi prometheus) {
        this.chromium = chromium;
        this.prometheus = prometheus;
    }

    /**
     * A picture.
     *
     * @param board uid of the dashboard
     * @param file where it is
     * @param bytes its size
     * @param panels what each panel shows
     */
    public record Picture(String board, Path file, long bytes, List<Drawn> panels) {
        public Picture {
            panels = List.copyOf(panels);
        }
    }

    /**
     * Writes a PNG for each dashboard, named as its uid.
     *
     * @param workload which one the dashboard of one workload shows; all, if empty
     */
    public List<Picture> take(Span span, Optional<String> workload, Path folder) throws IOException {
        List<Picture> pictures = new ArrayList<>();
        for (Board board : Board.in(TestbedHome.root().resolve("grafana-dashboards/dashboards"))) {
            Map<String, String> chosen = workload.filter(name -> board.uid().equals(WORKLOAD))
                    .map(name -> Map.of("workload", name))
                    .orElse(Map.of());
            Drawing drawing = chromium.draw(Page.of(board, BoardAnswers.ask(board, chosen, span, prometheus)));
            Path file = Files.write(folder.resolve(board.uid() + ".png"), SmallPng.of(drawing.picture()));
            pictures.add(new Picture(board.uid(), file, Files.size(file), drawing.panels()));
        }
        return pictures;
    }
}
