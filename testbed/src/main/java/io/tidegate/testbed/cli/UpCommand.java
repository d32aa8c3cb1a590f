package io.tidegate.testbed.cli;

import io.tidegate.testbed.Testbed;
import io.tidegate.testbed.TestbedOptions;
import io.tidegate.testbed.process.ChildProcess;
import io.tidegate.testbed.process.Progress;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Brings the testbed up and keeps it until Ctrl-C. */
@Command(
        name = "up",
        mixinStandardHelpOptions = true,
        description = "Brings up a Kafka broker and a Kubernetes control plane, and keeps them until Ctrl-C.")
final class UpCommand implements Runnable {
    @Option(
            names = "--simulated-nodes",
            paramLabel = "N",
            defaultValue = "1",
            description = "How many nodes kwok plays (default: ${DEFAULT-VALUE}).")
    private int simulatedNodes;

    @Option(names = "--process-node", description = "Add a node whose pods run as processes of this machine.")
    private boolean processNode;

    @Option(names = "--keep-files", description = "Leave the run's files and logs there at the end.")
    private boolean keepFiles;

    @Override
    public void run() {
        try (Testbed testbed = Testbed.start(
                TestbedOptions.defaults().withSimulatedNodes(simulatedNodes).withKeepFiles(keepFiles),
                Progress.console())) {
            if (processNode) {
                var unused = testbed.addProcessNode("process-0", Progress.console());
            }
            print(testbed);
            waitForEnd(testbed);
        }
    }

    private static void print(Testbed testbed) {
        System.out.printf(
                """
                The testbed is up:
                  Kafka       %s
                  Kubernetes  %s
                  kubectl     %s --kubeconfig %s get pods -A
                  files       %s
                Pods choose a node by nodeSelector, tidegate.io/node: simulated (kwok) or process (--process-node).
                Ctrl-C ends all of it.
                """,
                testbed.broker().bootstrapServers(),
                testbed.controlPlane().clientConfig().getMasterUrl(),
                testbed.controlPlane().kubectl(),
                testbed.controlPlane().kubeconfig(),
                testbed.directory().path());
    }

    /** Ctrl-C ends the JVM, and its shutdown hook the parts; a part that ends by itself ends the command. */
    private static void waitForEnd(Testbed testbed) {
        CountDownLatch ended = new CountDownLatch(1);
        AtomicBoolean first = new AtomicBoolean(true);
        Runnable end = ended::countDown;
        for (ChildProcess process : testbed.controlPlane().processes()) {
            announceEnd(process, first, end);
        }
        testbed.broker().process().ifPresent(process -> announceEnd(process, first, end));
        try {
            ended.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void announceEnd(ChildProcess process, AtomicBoolean first, Runnable end) {
        var unused = process.exited().thenAccept(code -> {
            if (first.getAndSet(false)) {
                System.err.println("tidegate: " + process.name() + " ended with exit code " + code + ".");
            }
            end.run();
        });
    }
}
