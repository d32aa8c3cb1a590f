package io.tidegate.testbed.demo;

import io.tidegate.testbed.process.TestbedException;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A load as records a second, for each second.
 *
 * <p>Two kinds of CSV files are read. With the header {@code seconds,replicas} each row is a phase: how long, and how many
 * replicas' worth arrive. With any other header of two columns, by comma or bar, each row is a reading of a count, as in recorded
 * traces: rows are played one a second, rows with the same time summed, and scaled so that the highest is
 * {@value #TRACE_PEAK} replicas' worth.
 */
final class DemoLoad {

    static final double TRACE_PEAK = 8;

    private static final String PHASES = "seconds,replicas";
    private static final int MAX_SECONDS = 24 * 3600;
    private static final int MAX_LINE = 200;
    private static final double MAX_REPLICAS = 50;

    private final double[] recordsPerSecond;

    private DemoLoad(double[] recordsPerSecond) {
        this.recordsPerSecond = recordsPerSecond;
    }

    /** The demo's own load. */
    static DemoLoad committed(double ratePerReplica) {
        return committed("load.csv", ratePerReplica);
    }

    /** A load that comes with the demo. */
    static DemoLoad committed(String name, double ratePerReplica) {
        InputStream resource = DemoLoad.class.getResourceAsStream(name);
        if (resource == null) {
            throw new IllegalStateException(name + " is not on the class path");
        }
        try (Reader reader = new InputStreamReader(resource, StandardCharsets.UTF_8)) {
            return parse(reader, name, ratePerReplica);
        } catch (IOException e) {
            throw new TestbedException("The demo's load can't be read.", e);
        }
    }

    /**
     * A load from a file.
     *
     * @throws TestbedException if it can't be read, with the line and what is wrong with it
     */
    static DemoLoad read(Path file, double ratePerReplica) {
        try (Reader reader = Files.newBufferedReader(file)) {
            return parse(reader, file.toString(), ratePerReplica);
        } catch (IOException e) {
            throw new TestbedException("The load " + file + " can't be read: " + e, e);
        }
    }

    static DemoLoad parse(Reader text, String name, double ratePerReplica) throws IOException {
        BufferedReader lines = new BufferedReader(text);
        String header = line(lines, name, 1);
        if (header == null) {
            throw new TestbedException("The load " + name + " is empty.");
        }
        boolean phases = header.strip().equals(PHASES);
        List<Double> values = new ArrayList<>();
        String previousTime = "";
        int number = 1;
        for (String line = line(lines, name, ++number); line != null; line = line(lines, name, ++number)) {
            if (line.isBlank()) {
                continue;
            }
            String[] columns = line.split("[,|]", -1);
            if (columns.length != 2) {
                throw wrong(name, number, "two columns are expected");
            }
            double value = number(columns[1], name, number);
            if (phases) {
                addPhase(values, number(columns[0], name, number), value, name, number);
            } else if (columns[0].equals(previousTime)) {
                values.set(values.size() - 1, values.getLast() + value);
            } else {
                values.add(value);
            }
            previousTime = columns[0];
            if (values.size() > MAX_SECONDS) {
                values = values.subList(0, MAX_SECONDS);
                break;
            }
        }
        double peak = values.stream().mapToDouble(Double::doubleValue).max().orElse(0);
        if (peak == 0) {
            throw new TestbedException("The load " + name + " holds nothing that arrives.");
        }
        double scale = ratePerReplica * (phases ? 1 : TRACE_PEAK / peak);
        return new DemoLoad(values.stream().mapToDouble(value -> value * scale).toArray());
    }

    /** The load without what comes after the given time. */
    DemoLoad endingAfter(int seconds) {
        return new DemoLoad(Arrays.copyOf(recordsPerSecond, Math.clamp(seconds, 1, recordsPerSecond.length)));
    }

    int seconds() {
        return recordsPerSecond.length;
    }

    /** Records that have arrived by a time since the start of the load, in seconds. */
    double arrivedBy(double elapsed) {
        int whole = (int) Math.min(elapsed, recordsPerSecond.length);
        double sum = 0;
        for (int i = 0; i < whole; i++) {
            sum += recordsPerSecond[i];
        }
        return whole < recordsPerSecond.length ? sum + recordsPerSecond[whole] * (elapsed - whole) : sum;
    }

    private static void addPhase(List<Double> values, double seconds, double replicas, String name, int number) {
        if (seconds != Math.rint(seconds) || seconds < 1 || values.size() + seconds > MAX_SECONDS) {
            throw wrong(name, number, "a phase lasts whole seconds, a day in all at most");
        }
        if (replicas > MAX_REPLICAS) {
            throw wrong(name, number, "at most " + MAX_REPLICAS + " replicas' worth may arrive");
        }
        for (int i = 0; i < seconds; i++) {
            values.add(replicas);
        }
    }

    private static double number(String text, String name, int line) {
        double value;
        try {
            value = Double.parseDouble(text.strip());
        } catch (NumberFormatException e) {
            throw wrong(name, line, "this is not a number: '" + text + "'");
        }
        if (!Double.isFinite(value) || value < 0) {
            throw wrong(name, line, "a number from 0 is expected: '" + text + "'");
        }
        return value;
    }

    /** The next line; reading stops at a line that is too long to be one. */
    private static @Nullable String line(BufferedReader lines, String name, int number) throws IOException {
        StringBuilder line = new StringBuilder();
        int character = lines.read();
        if (character < 0) {
            return null;
        }
        for (; character >= 0 && character != '\n'; character = lines.read()) {
            if (line.length() == MAX_LINE) {
                throw wrong(name, number, "it is longer than " + MAX_LINE + " characters");
            }
            line.append((char) character);
        }
        return line.toString().strip();
    }

    private static TestbedException wrong(String name, int line, String what) {
        return new TestbedException("The load " + name + ", line " + line + ": " + what + ".");
    }
}
