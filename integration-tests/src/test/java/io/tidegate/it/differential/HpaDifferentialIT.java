package io.tidegate.it.differential;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.tidegate.testbed.Testbed;
import io.tidegate.testbed.TestbedOptions;
import io.tidegate.testbed.process.Progress;
import io.tidegate.testbed.services.ServiceKind;
import io.tidegate.testbed.services.TidegateServices;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Tidegate settles where the HorizontalPodAutoscaler of the real controller manager does, on the same pods and the same
 * numbers. Takes about ten minutes, so it runs by {@code ./tidegate test --suite differential} only; {@code
 * -Dtidegate.differential.seed} and {@code -Dtidegate.differential.steps} choose other steps and their number, and {@code
 * -Dtidegate.differential.tidegate=false} leaves Tidegate out, to check the rules against another release of Kubernetes.
 */
@Tag("differential")
class HpaDifferentialIT {

    private static final long SEED = Long.getLong("tidegate.differential.seed", 1);

    /** Each is one for every pair. */
    private static final int STEPS = Integer.getInteger("tidegate.differential.steps", 16);

    private static final boolean WITH_TIDEGATE =
            Boolean.parseBoolean(System.getProperty("tidegate.differential.tidegate", "true"));

    private final Progress progress = Progress.console();

    @Test
    void settlesAtTheSameSizesWithoutCpuInitialization() {
        compare(new HpaFlags(0, 30));
    }

    @Test
    void settlesAtTheSameSizesWithThirtySecondsOfCpuInitialization() {
        compare(new HpaFlags(30, 30));
    }

    private void compare(HpaFlags flags) {
        List<StepResult> results = new ArrayList<>();
        TestbedOptions options =
                TestbedOptions.defaults().withSimulatedNodes(0).withControllerManagerArguments(flags.arguments());
        progress.line("CPU initialization %d s, seed %d".formatted(flags.cpuInitializationSeconds(), SEED));
        try (Testbed testbed = Testbed.start(options, progress)) {
            if (WITH_TIDEGATE) {
                try (TidegateServices services = startTidegate(testbed)) {
                    run(testbed, flags, result -> {
                        services.processes()
                                .forEach(process -> process.process().requireAlive());
                        results.add(result);
                    });
                }
            } else {
                run(testbed, flags, results::add);
            }
        }
        String different = results.stream()
                .filter(result -> !result.equal())
                .map(StepResult::toString)
                .collect(Collectors.joining("\n"));
        assertEquals("", different, "seed " + SEED);
        assertEquals(STEPS * Steps.METRICS.size(), results.size());
    }

    private TidegateServices startTidegate(Testbed testbed) {
        return TidegateServices.start(
                testbed, progress, Map.of(ServiceKind.TELEMETRY_COLLECTOR, Map.of("TIDEGATE_USAGE_PERIOD", "1s")));
    }

    private void run(Testbed testbed, HpaFlags flags, Consumer<StepResult> results) {
        progress.line(StepResult.HEADER);
        long seed = SEED + flags.cpuInitializationSeconds();
        new TwinRun(testbed.controlPlane().client(), flags, WITH_TIDEGATE, seed).run(STEPS, result -> {
            progress.line(result.toString());
            results.accept(result);
        });
    }
}
