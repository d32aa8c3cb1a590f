package io.tidegate.tools.check;

import java.util.List;

/**
 * What a check says.
 *
 * @param files how many were read
 * @param objects how many of Tidegate's kinds were in them
 * @param findings by file and line
 */
public record CheckReport(int files, int objects, List<Finding> findings) {

    public CheckReport {
        findings = List.copyOf(findings);
    }

    public long count(Finding.Severity severity) {
        return findings.stream()
                .filter(finding -> finding.severity() == severity)
                .count();
    }
}
