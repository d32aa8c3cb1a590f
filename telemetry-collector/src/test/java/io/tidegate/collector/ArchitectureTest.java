package io.tidegate.collector;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.methods;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noFields;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ArchitectureTest {

    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("io.tidegate.collector");

    private static final ArchRule KUBERNETES_IN_ITS_PACKAGE = noClasses()
            .that()
            .resideOutsideOfPackage("..kubernetes..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("io.fabric8..");

    @Test
    void looksAtTheModulesClasses() {
        assertTrue(CLASSES.size() > 60, () -> CLASSES.size() + " classes imported");
        assertTrue(CLASSES.contain(Collector.class));
    }

    @ParameterizedTest
    @MethodSource("rules")
    void keepsTheRule(ArchRule rule) {
        rule.check(CLASSES);
    }

    @Test
    void seesAPlantedViolation() {
        JavaClasses planted = new ClassFileImporter().importClasses(Planted.class);
        assertThrows(AssertionError.class, () -> KUBERNETES_IN_ITS_PACKAGE.check(planted));
    }

    static List<ArchRule> rules() {
        return List.of(
                KUBERNETES_IN_ITS_PACKAGE,
                noClasses().should().dependOnClassesThat().resideInAnyPackage("io.tidegate.decision..", "..streams.."),
                noClasses()
                        .that()
                        .resideInAnyPackage("..lag..", "..world..", "..loop..")
                        .should()
                        .dependOnClassesThat()
                        .resideInAnyPackage("org.apache.kafka.clients..", "io.smallrye..", "jakarta.."),
                slices().matching("io.tidegate.collector.(*)..").should().beFreeOfCycles(),
                noClasses().should().haveNameMatching(".*(Utils?|Helper|Manager|Impl)"),
                noFields().should().beAnnotatedWith(jakarta.inject.Inject.class),
                methods().should().notDeclareThrowableOfType(Exception.class));
    }

    /** Uses the Kubernetes client where it must not. */
    private record Planted(KubernetesClient client) {}
}
