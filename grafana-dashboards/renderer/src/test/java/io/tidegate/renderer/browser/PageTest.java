package io.tidegate.renderer.browser;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.tidegate.renderer.board.Board;
import org.junit.jupiter.api.Test;

class PageTest {

    private static final String BOARD = """
            {"uid": "x", "panels": [
              {"type": "row", "gridPos": {"y": 0, "h": 1}},
              {"type": "stat", "gridPos": {"y": 1, "h": 4}}]}
            """;

    @Test
    void isAsHighAsItsPanels() throws JsonProcessingException {
        Page page = page("");
        assertEquals(1400, page.width());
        assertEquals(92 + 5 * 38, page.height());
    }

    @Test
    void loadsNothing() throws JsonProcessingException {
        String html = page("").html();
        assertTrue(html.contains("default-src 'none'"));
        assertFalse(html.contains(" src="), "scripts stand in it");
        assertFalse(html.contains("<link"), "styles stand in it");
        assertTrue(html.contains("uPlot"), "what draws lines is in it");
    }

    @Test
    void noLabelEndsTheScriptThatItStandsIn() throws JsonProcessingException {
        String html = page("</script><script>alert(1)</script>").html();
        assertFalse(html.contains("<script>alert"), html.substring(0, 200));
        assertTrue(html.contains("\\u003c/script>\\u003cscript>alert(1)"));
    }

    private static Page page(String label) throws JsonProcessingException {
        Board board = Board.of(new JsonMapper().readTree(BOARD));
        return Page.of(board, JsonNodeFactory.instance.objectNode().put("label", label));
    }
}
