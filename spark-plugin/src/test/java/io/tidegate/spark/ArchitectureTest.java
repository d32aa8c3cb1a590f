package io.tidegate.spark;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.methods;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.lang.ArchRule;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ArchitectureTest {
    private static final String ROOT = "io.tidegate.spark";
    private static final JavaClasses CLASSES = new ClassFileImporter()
            .importUrl(
                    TidegatePlugin.class.getProtectionDomain().getCodeSource().getLocation());

    private static final ArchRule WITHOUT_SPARK = noClasses()
            .that()
            .resideInAnyPackage("..scale..", "..push..", "..kubernetes..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("org.apache.spark..", "scala..")
            .because("what can be told without Spark is tested without it");

    @Test
    void looksAtTheModulesClasses() {
        assertTrue(CLASSES.size() > 30, () -> CLASSES.size() + " classes imported");
        assertTrue(CLASSES.contain(TidegatePlugin.class));
    }

    @ParameterizedTest
    @MethodSource("rules")
    void keepsTheRule(ArchRule rule) {
        rule.check(CLASSES);
    }

    static List<ArchRule> rules() {
        return List.of(
                WITHOUT_SPARK,
                classes()
                        .should()
                        .onlyDependOnClassesThat()
                        .resideInAnyPackage(
                                ROOT + "..",
                                "java..",
                                "scala..",
                                "org.apache.spark..",
                                "org.jspecify.annotations..",
                                "org.slf4j..",
                                "com.codahale.metrics..",
                                "com.fasterxml.jackson..",
                                "io.fabric8.kubernetes..")
                        .because("the plugin brings nothing into the user's driver"),
                noClasses()
                        .that()
                        .resideInAnyPackage("..scale..", "..push..", "..ledger..")
                        .should()
                        .dependOnClassesThat()
                        .resideInAPackage("io.fabric8..")
                        .because("the Kubernetes client has its package (D6)"),
                noClasses()
                        .should()
                        .haveNameMatching(".*(Utils?|Helper|Manager|Impl)$")
                        .because("such a name says nothing (D8)"),
                methods()
                        .should()
                        .notDeclareThrowableOfType(Exception.class)
                        .because("a caller must know what to expect (D8)"),
                slices().matching(ROOT + ".(*)..").should().beFreeOfCycles());
    }

    @Test
    void seesAPlantedViolation() {
        JavaClasses planted = new ClassFileImporter().importClasses(io.tidegate.spark.scale.Planted.class);
        assertThrows(AssertionError.class, () -> WITHOUT_SPARK.check(planted));
    }
}
