package io.tidegate.policyengine;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noFields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noMethods;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import jakarta.inject.Inject;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.Test;

class ArchitectureTest {

    private static final String ROOT = "io.tidegate.policyengine";
    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages(ROOT);

    private static final DescribedPredicate<JavaClass> KAFKA_STREAMS = resideInAPackage("org.apache.kafka.streams..");

    private static final ArchRule KAFKA_STREAMS_ONLY_IN_ITS_PACKAGES = noClasses()
            .that()
            .resideOutsideOfPackages(ROOT + ".topology..", ROOT + ".state..")
            .should()
            .dependOnClassesThat(KAFKA_STREAMS);

    @Test
    void findsClasses() {
        assertTrue(CLASSES.size() > 40, "imported " + CLASSES.size());
    }

    @Test
    void knowsKafkaStreamsOnlyInTopologyAndState() {
        KAFKA_STREAMS_ONLY_IN_ITS_PACKAGES.check(CLASSES);
    }

    @Test
    void failsOnAPlantedViolation() {
        ArchRule planted = noClasses()
                .that()
                .resideInAPackage(ROOT + ".topology..")
                .should()
                .dependOnClassesThat(KAFKA_STREAMS);
        assertThrows(AssertionError.class, () -> planted.check(CLASSES));
    }

    @Test
    void knowsNoKubernetesClient() {
        noClasses()
                .should()
                .dependOnClassesThat(resideInAnyPackage("io.fabric8..", "io.kubernetes.."))
                .check(CLASSES);
    }

    @Test
    void hasNoPackageCycles() {
        slices().matching(ROOT + ".(*)..").should().beFreeOfCycles().check(CLASSES);
        noClasses()
                .that()
                .resideInAPackage(ROOT)
                .should()
                .dependOnClassesThat(
                        resideInAPackage(ROOT + ".(*)..").and(DescribedPredicate.not(resideInAPackage(ROOT))))
                .check(CLASSES);
    }

    @Test
    void injectsByConstructorOnly() {
        noFields().should().beAnnotatedWith(Inject.class).check(CLASSES);
        noFields().should().beAnnotatedWith(ConfigProperty.class).check(CLASSES);
    }

    @Test
    void hasNoVagueClassNames() {
        noClasses()
                .should()
                .haveSimpleNameEndingWith("Util")
                .orShould()
                .haveSimpleNameEndingWith("Utils")
                .orShould()
                .haveSimpleNameEndingWith("Helper")
                .orShould()
                .haveSimpleNameEndingWith("Manager")
                .orShould()
                .haveSimpleNameEndingWith("Impl")
                .check(CLASSES);
    }

    @Test
    void declaresNoBareExceptions() {
        noMethods().should().declareThrowableOfType(Exception.class).check(CLASSES);
    }
}
