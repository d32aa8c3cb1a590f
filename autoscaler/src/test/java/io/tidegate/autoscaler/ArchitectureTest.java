package io.tidegate.autoscaler;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.methods;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import io.fabric8.kubernetes.client.KubernetesClient;
import jakarta.inject.Inject;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ArchitectureTest {

    private static final String ROOT = "io.tidegate.autoscaler";
    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages(ROOT);

    private static final ArchRule KUBERNETES_CLIENT = noClasses()
            .that()
            .resideOutsideOfPackage("..kubernetes..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("io.fabric8..");

    private static final ArchRule NO_FIELD_INJECTION =
            fields().should().notBeAnnotatedWith(Inject.class).allowEmptyShould(true);

    @Test
    void classesWereImported() {
        assertTrue(CLASSES.size() > 50, () -> CLASSES.size() + " classes");
    }

    @Test
    void onlyTheKubernetesPackageKnowsTheKubernetesClient() {
        KUBERNETES_CLIENT.check(CLASSES);
    }

    @Test
    void decidingWhatToWriteKnowsNeitherKafkaNorQuarkus() {
        noClasses()
                .that()
                .resideInAnyPackage("..act..", "..time..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("org.apache.kafka..", "io.quarkus..", "io.smallrye..", "jakarta..")
                .check(CLASSES);
    }

    @Test
    void packagesHaveNoCycles() {
        slices().matching(ROOT + ".(*)..").should().beFreeOfCycles().check(CLASSES);
    }

    @Test
    void nothingIsInjectedIntoFields() {
        NO_FIELD_INJECTION.check(CLASSES);
    }

    @Test
    void namesSayWhatClassesAre() {
        noClasses().should().haveNameMatching(".*(Utils?|Helper|Manager|Impl)").check(CLASSES);
    }

    @Test
    void noMethodThrowsJustAnyException() {
        methods().should().notDeclareThrowableOfType(Exception.class).check(CLASSES);
    }

    @Test
    void plantedViolationsAreSeen() {
        JavaClasses planted = new ClassFileImporter().importClasses(Planted.class);
        assertThrows(AssertionError.class, () -> KUBERNETES_CLIENT.check(planted));
        assertThrows(AssertionError.class, () -> NO_FIELD_INJECTION.check(planted));
    }

    @SuppressWarnings("unused")
    static final class Planted {
        @Inject
        @Nullable
        KubernetesClient client;
    }
}
