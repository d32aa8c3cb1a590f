package io.tidegate.tools.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tidegate.tools.check.CheckReport;
import io.tidegate.tools.check.Finding;
import io.tidegate.tools.check.Finding.Severity;
import java.io.PrintWriter;
import java.util.Locale;

/** Writes what a check says. */
final class ReportText {

    private static final int LONGEST = 1000;

    private ReportText() {}

    static void write(CheckReport report, PrintWriter out) {
        for (Finding finding : report.findings()) {
            String object = finding.object().isEmpty() ? "" : ": " + finding.object();
            String path = finding.path().isEmpty() ? "" : ": " + finding.path();
            out.println(oneLine(
                    finding.place() + ": " + word(finding.severity()) + object + path + ": " + finding.message()));
            if (!finding.advice().isEmpty()) {
                out.println("    " + oneLine(finding.advice()));
            }
        }
        out.printf(
                "%s, %s of Tidegate: %s, %s%n",
                many(report.files(), "file"),
                many(report.objects(), "object"),
                many(report.count(Severity.ERROR), "error"),
                many(report.count(Severity.WARNING), "warning"));
    }

    static void writeJson(CheckReport report, PrintWriter out) {
        ObjectNode root = new ObjectMapper().createObjectNode();
        root.put("files", report.files());
        root.put("objects", report.objects());
        root.put("errors", report.count(Severity.ERROR));
        root.put("warnings", report.count(Severity.WARNING));
        for (Finding finding : report.findings()) {
            ObjectNode node = root.withArray("findings").addObject();
            node.put("severity", word(finding.severity()));
            node.put("file", finding.file());
            node.put("document", finding.document());
            if (finding.line() > 0) {
                node.put("line", finding.line());
            }
            node.put("object", finding.object());
            node.put("path", finding.path());
            node.put("message", finding.message());
            node.put("advice", finding.advice());
        }
        root.withArray("findings");
        out.println(root.toPrettyString());
    }

    private static String word(Severity severity) {
        return severity.name().toLowerCase(Locale.ROOT);
    }

    private static String many(long count, String what) {
        return count + " " + what + (count == 1 ? "" : "s");
    }

    /** What comes from a file must not look like lines of ours, nor move a terminal's cursor. */
    static String oneLine(String text) {
        String line = text.replaceAll("\\p{Cntrl}+", " ");
        return line.length() <= LONGEST ? line : line.substring(0, LONGEST) + "...";
    }
}
