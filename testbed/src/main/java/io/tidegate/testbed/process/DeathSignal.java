package io.tidegate.testbed.process;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * The command prefix that makes a child independent of the terminal's Ctrl-C, so that we end the parts in order, and
 * lets the kernel kill it when this JVM dies without a chance to clean up. Empty where the tools are missing.
 */
final class DeathSignal {
    private static final List<String> PREFIX = works(List.of("setsid", "setpriv", "--pdeathsig", "KILL"));

    private DeathSignal() {}

    static List<String> prefix() {
        return PREFIX;
    }

    private static List<String> works(List<String> prefix) {
        try {
            List<String> probe = new java.util.ArrayList<>(prefix);
            probe.add("true");
            Process process = new ProcessBuilder(probe)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            return process.waitFor(5, TimeUnit.SECONDS) && process.exitValue() == 0 ? prefix : List.of();
        } catch (IOException e) {
            return List.of();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return List.of();
        }
    }
}
