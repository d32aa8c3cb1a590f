package io.tidegate.renderer.browser;

import com.fasterxml.jackson.databind.JsonNode;
import io.tidegate.renderer.board.Board;
import java.io.IOException;
import java.io.InputStream;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Properties;

/**
 * The page that draws a dashboard from the answers to its queries. It is one text that loads nothing: styles, scripts and
 * answers stand in it.
 *
 * @param html its text
 * @param width in pixels
 * @param height in pixels, of all of it
 */
public record Page(String html, int width, int height) {

    /** As wide as a dashboard is in a window of usual size. */
    static final int WIDTH = 1400;

    /** Of a row of the grid, as in Grafana: 30 pixels, and 8 to the next one. */
    private static final int ROW = 38;

    /** Title, choices and the edges above and below. */
    private static final int AROUND = 92;

    private static final List<String> SCRIPTS =
            List.of("format.js", "colors.js", "lines.js", "states.js", "stat.js", "table.js", "report.js", "board.js");

    /**
     * The page of a dashboard.
     *
     * @param answers the answers as {@code BoardAnswers} gives them
     */
    public static Page of(Board board, JsonNode answers) {
        String uplot = "/META-INF/resources/webjars/uplot/" + uplotVersion() + "/dist/";
        StringBuilder html = new StringBuilder("""
                <!doctype html>
                <html lang="en"><head><meta charset="utf-8">
                <meta http-equiv="Content-Security-Policy"
                 content="default-src 'none'; script-src 'unsafe-inline'; style-src 'unsafe-inline'">
                """);
        html.append("<style>")
                .append(resource(uplot + "uPlot.min.css"))
                .append(resource("board.css"))
                .append("</style></head><body><div id=\"board\"></div>\n");
        // No label of a series can end the script that it stands in.
        html.append("<script id=\"answers\" type=\"application/json\">")
                .append(answers.toString().replace("<", "\\u003c"))
                .append("</script>\n");
        html.append(script(uplot + "uPlot.iife.min.js"));
        SCRIPTS.forEach(name -> html.append(script(name)));
        html.append("</body></html>\n");
        return new Page(html.toString(), WIDTH, AROUND + ROW * board.gridRows());
    }

    private static String script(String name) {
        return "<script>" + resource(name) + "</script>\n";
    }

    private static String uplotVersion() {
        Properties properties = new Properties();
        try {
            properties.load(new StringReader(resource("/META-INF/maven/org.webjars.npm/uplot/pom.properties")));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return properties.getProperty("version", "");
    }

    private static String resource(String name) {
        try (InputStream stream = Page.class.getResourceAsStream(name)) {
            if (stream == null) {
                throw new IllegalStateException(name + " is not on the class path");
            }
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
