package io.tidegate.tools.cli;

import io.tidegate.tools.check.CheckReport;
import io.tidegate.tools.check.Finding.Severity;
import io.tidegate.tools.check.PolicyCheck;
import io.tidegate.tools.schema.CustomResources;
import java.io.PrintWriter;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Checks policies in files. */
@Command(
        name = "check",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = {
            "Checks ScalingPolicy, Connection and ScalingProfile objects in files, without a cluster: what the API server",
            "would refuse, in its words; what is there twice; and what does not go together with the manifests beside it.",
            "Cron expressions, time zones and formulas are not looked at: the engine tells of these on the policy's status."
        },
        exitCodeListHeading = "Exit codes:%n",
        exitCodeList = {
            "0:nothing is wrong, or there are only warnings",
            "1:problems found",
            "2:wrong use, such as a file that does not exist",
            "3:the check itself failed"
        })
final class PolicyCheckCommand implements Callable<Integer> {

    /** How findings are written. */
    enum Output {
        text,
        json
    }

    @Parameters(
            paramLabel = "DIR|FILE",
            arity = "1..*",
            description = {
                "Files of YAML or JSON, folders that are searched for them (*.yaml, *.yml, *.json), or - for the",
                "standard input. All are checked together."
            })
    private List<String> places = List.of();

    @Option(
            names = "--output",
            paramLabel = "text|json",
            defaultValue = "text",
            description = "How findings are written (default ${DEFAULT-VALUE}).")
    private Output output = Output.text;

    @Option(names = "--strict", description = "Warnings are problems, too.")
    private boolean strict;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() {
        CheckReport report = new PolicyCheck(CustomResources.shipped()).check(new Places(spec).read(places));
        PrintWriter out = spec.commandLine().getOut();
        switch (output) {
            case text -> ReportText.write(report, out);
            case json -> ReportText.writeJson(report, out);
        }
        out.flush();
        long problems = report.count(Severity.ERROR) + (strict ? report.count(Severity.WARNING) : 0);
        return problems == 0 ? 0 : 1;
    }
}
