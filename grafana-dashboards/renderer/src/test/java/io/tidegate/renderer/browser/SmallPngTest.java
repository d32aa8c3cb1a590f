package io.tidegate.renderer.browser;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;

class SmallPngTest {

    @Test
    void keepsAFewColoursAsTheyAre() throws IOException {
        BufferedImage image = image(200);
        BufferedImage small = small(image);
        for (int x = 0; x < image.getWidth(); x++) {
            assertEquals(image.getRGB(x, 7), small.getRGB(x, 7), "at " + x);
        }
    }

    @Test
    void manyColoursBecomeTheNearestOfThoseThatThereAreMostOf() throws IOException {
        BufferedImage image = image(400);
        // Once only, so that it is none of the 256.
        image.setRGB(3, 3, 0xff0306f0);
        int kept = small(image).getRGB(3, 3);
        int distance =
                Math.abs((kept >> 16 & 0xff) - 3) + Math.abs((kept >> 8 & 0xff) - 6) + Math.abs((kept & 0xff) - 0xf0);
        assertTrue(distance < 0xf0, Integer.toHexString(kept));
    }

    @Test
    void isSmaller() throws IOException {
        BufferedImage image = image(200);
        ByteArrayOutputStream plain = new ByteArrayOutputStream();
        ImageIO.write(image, "png", plain);
        assertTrue(SmallPng.of(image).length < plain.size());
    }

    /** Columns of a colour each, of which the first have the most pixels. */
    private static BufferedImage image(int width) {
        BufferedImage image = new BufferedImage(width, 50, BufferedImage.TYPE_INT_RGB);
        for (int x = 0; x < width; x++) {
            for (int y = 0; y < image.getHeight(); y++) {
                image.setRGB(x, y, 0xff000000 | x << 12 | x);
            }
        }
        return image;
    }

    private static BufferedImage small(BufferedImage image) throws IOException {
        return ImageIO.read(new ByteArrayInputStream(SmallPng.of(image)));
    }
}
