package io.tidegate.decision;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noMethods;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZonedDateTime;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The rules of the conventions' table that concern this module; the numbers are that table's. */
class ArchitectureTest {
    private static final String ROOT = "io.tidegate.decision";
    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages(ROOT);

    @Test
    void importsTheModule() {
        assertTrue(CLASSES.size() > 50, "only " + CLASSES.size() + " classes were imported");
        assertTrue(CLASSES.contain(DecisionEngine.class));
    }

    /** D4. */
    @Test
    void touchesNeitherTheWorldNorTheClock() {
        noClasses()
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "java.io..",
                        "java.net..",
                        "java.nio..",
                        "java.sql..",
                        "java.util.concurrent..",
                        "java.util.logging..",
                        "java.lang.reflect..",
                        "org.slf4j..",
                        "org.jboss..")
                .orShould()
                .dependOnClassesThat()
                .areAssignableTo(Thread.class)
                .orShould()
                .dependOnClassesThat()
                .areAssignableTo(Random.class)
                .orShould()
                .dependOnClassesThat()
                .haveSimpleName("SplittableRandom")
                .orShould()
                .dependOnClassesThat()
                .areAssignableTo(Clock.class)
                .orShould()
                .callMethod(Instant.class, "now")
                .orShould()
                .callMethod(LocalDate.class, "now")
                .orShould()
                .callMethod(LocalDateTime.class, "now")
                .orShould()
                .callMethod(ZonedDateTime.class, "now")
                .orShould()
                .callMethod(System.class, "currentTimeMillis")
                .orShould()
                .callMethod(System.class, "nanoTime")
                .orShould()
                .callMethod(Math.class, "random")
                .orShould()
                .callMethod(Math.class, "pow", double.class, double.class)
                .orShould()
                .callMethod(Math.class, "exp", double.class)
                .orShould()
                .callMethod(Math.class, "log", double.class)
                .orShould()
                .accessField(System.class, "out")
                .orShould()
                .accessField(System.class, "err")
                .check(CLASSES);
    }

    /** D4. Sets and maps may answer questions (see the policy's names), but nothing may be read off in their order. */
    @Test
    void readsNothingInTheOrderOfAHash() {
        noClasses()
                .should()
                .callMethod(Map.class, "entrySet")
                .orShould()
                .callMethod(Map.class, "keySet")
                .orShould()
                .callMethod(Map.class, "values")
                .orShould()
                .callMethod(Set.class, "iterator")
                .orShould()
                .callMethod(Set.class, "stream")
                .orShould()
                .dependOnClassesThat()
                .areAssignableTo(HashMap.class)
                .check(CLASSES);
    }

    /** D5. */
    @Test
    void consistsOfRecordsEnumsSealedInterfacesAndFinalClasses() {
        classes().should(com.tngtech.archunit.lang.ArchCondition.from(SHAPE)).check(CLASSES);
        fields().should().beFinal().check(CLASSES);
    }

    private static final DescribedPredicate<JavaClass> SHAPE = DescribedPredicate.describe(
            "be a record, an enum, a sealed interface or a final class",
            type -> type.isRecord()
                    || type.isEnum()
                    || type.getSimpleName().equals("package-info")
                    || type.isAnonymousClass()
                    || (type.isInterface() && type.reflect().isSealed())
                    || (!type.isInterface() && type.getModifiers().contains(JavaModifier.FINAL)));

    /** D7. */
    @Test
    void layersDependDownwards() {
        layeredArchitecture()
                .consideringOnlyDependenciesInAnyPackage(ROOT + "..")
                .layer("model")
                .definedBy(ROOT + ".model")
                .layer("policy")
                .definedBy(ROOT + ".policy")
                .layer("signal")
                .definedBy(ROOT + ".signal")
                .layer("recommend")
                .definedBy(ROOT + ".recommend")
                .layer("guard")
                .definedBy(ROOT + ".guard")
                .layer("engine")
                .definedBy(ROOT)
                .whereLayer("engine")
                .mayNotBeAccessedByAnyLayer()
                .whereLayer("guard")
                .mayOnlyBeAccessedByLayers("engine")
                .whereLayer("recommend")
                .mayOnlyBeAccessedByLayers("guard", "engine")
                .whereLayer("signal")
                .mayOnlyBeAccessedByLayers("recommend", "guard", "engine")
                .whereLayer("policy")
                .mayOnlyBeAccessedByLayers("signal", "recommend", "guard", "engine")
                .check(CLASSES);
        slices().matching("io.tidegate.(**)").should().beFreeOfCycles().check(CLASSES);
    }

    /** D8. */
    @Test
    void usesNoWordThatSaysNothing() {
        noClasses().should().haveNameMatching(".*(Utils?|Helper|Manager|Impl)").check(CLASSES);
        noMethods()
                .should()
                .declareThrowableOfType(Exception.class)
                .allowEmptyShould(true)
                .check(CLASSES);
        noClasses()
                .should()
                .dependOnClassesThat()
                .haveSimpleName("VisibleForTesting")
                .orShould()
                .dependOnClassesThat()
                .haveSimpleName("Inject")
                .check(CLASSES);
    }
}
