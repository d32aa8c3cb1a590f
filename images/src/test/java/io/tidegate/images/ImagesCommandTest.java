package io.tidegate.images;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

class ImagesCommandTest {

    private final StringWriter said = new StringWriter();

    @Test
    void helpNamesAllOptions() {
        assertEquals(0, run("--help"));
        for (String option : new String[] {"--push", "--insecure", "--tag", "--output", "--service", "--from"}) {
            assertTrue(said.toString().contains(option), option);
        }
    }

    @Test
    void servicesThatAreNoneAreToldWithThoseThatAre() {
        assertEquals(2, run("--service", "autoscaler", "--service", "engine"));
        assertTrue(
                said.toString()
                        .contains("There is no service 'engine': name telemetry-collector, policy-engine, autoscaler."),
                said.toString());
    }

    @Test
    void wrongNamesAreToldBeforeAnythingIsBuilt() {
        assertEquals(2, run("--push", "team"));
        assertTrue(said.toString().contains("'team' is no registry: name it as HOST[:PORT][/PREFIX]"), said.toString());
    }

    @Test
    void plainHttpToOtherMachinesIsRefused() {
        assertEquals(2, run("--push", "10.1.2.3:5000", "--insecure"));
        assertTrue(said.toString().contains("10.1.2.3 must be reached by HTTPS"), said.toString());
    }

    private int run(String... arguments) {
        PrintWriter writer = new PrintWriter(said, true);
        return new CommandLine(new ImagesCommand())
                .setOut(writer)
                .setErr(writer)
                .execute(arguments);
    }
}
