package io.tidegate.tools.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** What can be done with policies. */
@Command(
        name = "policy",
        mixinStandardHelpOptions = true,
        subcommands = PolicyCheckCommand.class,
        description = "Works on policies, without a cluster.")
final class PolicyCommand implements Runnable {

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "Say what to do: check.");
    }
}
