package io.tidegate.tools.check;

import io.tidegate.tools.check.Finding.Severity;
import io.tidegate.tools.manifest.Manifest;
import io.tidegate.tools.manifest.ManifestFile;
import io.tidegate.tools.schema.CustomResources;
import io.tidegate.tools.schema.Violation;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Checks all that was read at once. */
public final class PolicyCheck {

    /** More of one object help nobody. */
    private static final int MOST = 50;

    private final CustomResources resources;

    public PolicyCheck(CustomResources resources) {
        this.resources = resources;
    }

    public CheckReport check(List<ManifestFile> files) {
        List<Finding> findings = new ArrayList<>();
        List<Manifest> manifests = new ArrayList<>();
        for (ManifestFile file : files) {
            manifests.addAll(file.manifests());
            file.unreadable()
                    .forEach(part -> findings.add(new Finding(
                            Severity.ERROR,
                            file.name(),
                            part.document(),
                            part.line(),
                            "",
                            "",
                            part.problem(),
                            part.advice())));
        }
        List<Manifest> ours = manifests.stream()
                .filter(manifest -> manifest.group().equals(CustomResources.GROUP))
                .toList();
        for (Manifest manifest : ours) {
            List<Violation> violations = resources.check(manifest);
            violations.stream().limit(MOST).forEach(violation -> findings.add(finding(manifest, violation)));
            if (violations.size() > MOST) {
                findings.add(Finding.at(
                        Severity.ERROR,
                        manifest,
                        "",
                        (violations.size() - MOST) + " more are wrong with this object",
                        "Mend those that are told first."));
            }
        }
        findings.addAll(new Duplicates(ours).find());
        findings.addAll(new Neighbours(manifests).find());
        findings.addAll(new DomainLimits(manifests).find());
        findings.sort(Comparator.comparing(Finding::file)
                .thenComparingInt(Finding::document)
                .thenComparingInt(Finding::line));
        return new CheckReport(files.size(), ours.size(), findings);
    }

    private static Finding finding(Manifest manifest, Violation violation) {
        boolean certain = violation.kind() != Violation.Kind.NOT_CHECKED;
        return new Finding(
                certain ? Severity.ERROR : Severity.WARNING,
                manifest.file(),
                manifest.document(),
                violation.line(),
                manifest.title(),
                violation.path(),
                violation.message(),
                violation.advice());
    }
}
