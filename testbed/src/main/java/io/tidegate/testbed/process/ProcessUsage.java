package io.tidegate.testbed.process;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/**
 * What a process has used, as the Linux kernel counts it.
 *
 * @param cpu user and system time since its start, in steps of 10 ms
 * @param residentBytes resident memory
 */
public record ProcessUsage(Duration cpu, long residentBytes) {
    /** Clock ticks of /proc: fixed at 100 a second towards user space on every architecture. */
    private static final long MILLIS_PER_TICK = 10;

    /** Reads /proc; empty when the process has ended or there is no /proc. */
    public static Optional<ProcessUsage> of(long pid) {
        Path proc = Path.of("/proc", Long.toString(pid));
        try {
            return Optional.of(parse(Files.readString(proc.resolve("stat")), Files.readString(proc.resolve("status"))));
        } catch (IOException | IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    static ProcessUsage parse(String stat, String status) {
        // The second field is the program's name in brackets, which may hold blanks and brackets itself.
        String[] afterName = stat.substring(stat.lastIndexOf(')') + 1).trim().split(" ", -1);
        if (afterName.length < 13) {
            throw new IllegalArgumentException("too few fields: " + stat);
        }
        long ticks = Long.parseLong(afterName[11]) + Long.parseLong(afterName[12]);
        long kibibytes = status.lines()
                .filter(line -> line.startsWith("VmRSS:"))
                .map(line -> line.replaceAll("[^0-9]", ""))
                .mapToLong(Long::parseLong)
                .findFirst()
                .orElse(0);
        return new ProcessUsage(Duration.ofMillis(ticks * MILLIS_PER_TICK), kibibytes * 1024);
    }
}
