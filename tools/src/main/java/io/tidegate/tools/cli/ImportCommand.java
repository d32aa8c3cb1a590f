package io.tidegate.tools.cli;

import io.tidegate.tools.check.CheckReport;
import io.tidegate.tools.check.Finding;
import io.tidegate.tools.check.Finding.Severity;
import io.tidegate.tools.check.PolicyCheck;
import io.tidegate.tools.manifest.Manifest;
import io.tidegate.tools.manifest.ManifestFile;
import io.tidegate.tools.manifest.ManifestReader;
import io.tidegate.tools.manifest.ManifestWriter;
import io.tidegate.tools.migrate.Imported;
import io.tidegate.tools.migrate.Importer;
import io.tidegate.tools.schema.CustomResources;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Makes policies of what other autoscalers are told. */
@Command(
        name = "import",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = {
            "Writes a policy for each HorizontalPodAutoscaler (autoscaling/v2, v1) and each ScaledObject of KEDA in files to the",
            "standard output, with the connections that it needs. What has no equal is said on the standard error, and in",
            "comments on top of the policy. What is written passes policy check."
        },
        exitCodeListHeading = "Exit codes:%n",
        exitCodeList = {
            "0:all were written, with whatever has an equal",
            "1:some could not be written, or not be read",
            "2:wrong use, such as a file that does not exist",
            "3:the import itself failed"
        })
final class ImportCommand implements Callable<Integer> {

    @Parameters(
            paramLabel = "DIR|FILE",
            arity = "1..*",
            description = "Files of YAML or JSON, folders that are searched for them, or - for the standard input.")
    private List<String> places = List.of();

    @Option(
            names = "--shadow",
            description =
                    "Writes mode: Shadow, so that the policies decide and report, but do not write, until you remove it.")
    private boolean shadow;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() {
        PrintWriter out = spec.commandLine().getOut();
        PrintWriter err = spec.commandLine().getErr();
        List<Manifest> manifests = new ArrayList<>();
        boolean complete = true;
        for (ManifestFile file : new Places(spec).read(places)) {
            manifests.addAll(file.manifests());
            for (ManifestFile.Unreadable part : file.unreadable()) {
                complete = false;
                err.println(line(file.name() + (part.line() > 0 ? ":" + part.line() : "") + ": " + part.problem()));
            }
        }
        List<Imported> all = new Importer(shadow ? "Shadow" : "").read(manifests);
        for (Imported imported : all) {
            complete &= write(imported, out, err);
        }
        if (all.isEmpty()) {
            err.println("There is no HorizontalPodAutoscaler and no ScaledObject in these files.");
            complete = false;
        }
        out.flush();
        err.flush();
        return complete ? 0 : 1;
    }

    private static boolean write(Imported imported, PrintWriter out, PrintWriter err) {
        Manifest source = imported.source();
        for (Imported.Note note : imported.notes()) {
            err.println(line(source.file() + ":" + note.line() + ": " + source.title() + ": " + note.path() + " "
                    + note.sentence()));
        }
        if (imported.objects().isEmpty()) {
            return false;
        }
        List<String> documents =
                imported.objects().stream().map(ManifestWriter::write).toList();
        List<Finding> problems = problems(documents);
        if (!problems.isEmpty()) {
            problems.forEach(problem -> err.println(
                    line(source.file() + ": " + source.title() + ": no policy was written, for it would be refused: "
                            + problem.path() + ": " + problem.message())));
            return false;
        }
        for (int i = 0; i < documents.size(); i++) {
            out.println("---");
            if (isPolicy(imported.objects().get(i))) {
                comments(imported, out);
            }
            out.print(documents.get(i));
        }
        return true;
    }

    private static boolean isPolicy(Map<String, Object> object) {
        return "ScalingPolicy".equals(object.get("kind"));
    }

    private static void comments(Imported imported, PrintWriter out) {
        out.println(line("# Made of " + imported.source().title() + "."));
        for (Imported.Note note : imported.notes()) {
            out.println(line("# - " + note.path() + " " + note.sentence()));
        }
    }

    private static List<Finding> problems(List<String> documents) {
        ManifestFile written = ManifestReader.parse(String.join("---\n", documents), "written");
        CheckReport report = new PolicyCheck(CustomResources.shipped()).check(List.of(written));
        return report.findings().stream()
                .filter(finding -> finding.severity() == Severity.ERROR)
                .toList();
    }

    private static String line(String text) {
        return ReportText.oneLine(text);
    }
}
