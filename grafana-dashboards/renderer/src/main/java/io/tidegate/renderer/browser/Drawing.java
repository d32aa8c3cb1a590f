package io.tidegate.renderer.browser;

import java.awt.image.BufferedImage;
import java.util.List;

/**
 * A drawn page.
 *
 * @param picture the picture
 * @param panels what each panel shows
 */
public record Drawing(BufferedImage picture, List<Drawn> panels) {
    public Drawing {
        panels = List.copyOf(panels);
    }

    /**
     * What the browser says of a panel that it has drawn.
     *
     * @param title its title
     * @param type its type
     * @param visible whether something of its data can be seen: pixels of a line's colour, a number, a row, a state
     * @param cut what does not fit into it, or empty
     * @param texts the numbers and cells that it shows, if it shows such
     */
    public record Drawn(String title, String type, boolean visible, String cut, List<String> texts) {
        public Drawn {
            texts = List.copyOf(texts);
        }
    }
}
