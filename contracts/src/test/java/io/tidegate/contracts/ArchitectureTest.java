package io.tidegate.contracts;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.methods;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noFields;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import io.tidegate.contracts.fact.Fact;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ArchitectureTest {

    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("io.tidegate");

    @Test
    void looksAtTheModulesClasses() {
        assertTrue(CLASSES.size() > 40, () -> CLASSES.size() + " classes imported");
        assertTrue(CLASSES.contain(Fact.class));
    }

    @ParameterizedTest
    @MethodSource("rules")
    void keepsTheRule(ArchRule rule) {
        rule.check(CLASSES);
    }

    static List<ArchRule> rules() {
        return List.of(
                classes()
                        .should()
                        .onlyDependOnClassesThat()
                        .resideInAnyPackage(
                                "io.tidegate.contracts..",
                                "java..",
                                "org.jspecify.annotations..",
                                "com.fasterxml.jackson..",
                                "org.apache.kafka.clients..",
                                "org.apache.kafka.common..")
                        .because("contracts know no other module (D2) and no framework"),
                noClasses()
                        .that()
                        .resideOutsideOfPackage("..topic..")
                        .should()
                        .dependOnClassesThat()
                        .resideInAPackage("org.apache.kafka.clients..")
                        .because("records and codec only know of headers, not of clients"),
                noClasses()
                        .should()
                        .haveNameMatching(".*(Utils?|Helper|Manager|Impl)$")
                        .because("such a name says nothing (D8)"),
                methods()
                        .should()
                        .notDeclareThrowableOfType(Exception.class)
                        .because("a caller must know what to expect (D8)"),
                noFields()
                        .should()
                        .beAnnotatedWith("jakarta.inject.Inject")
                        .because("dependencies come by constructor (D8)"),
                noClasses()
                        .that()
                        .resideInAnyPackage(
                                "..fact..", "..decision..", "..target..", "..policy..", "..spark..", "..id..")
                        .should()
                        .dependOnClassesThat()
                        .resideInAnyPackage("..contracts.wire..", "..contracts.topic..")
                        .because("records don't know how they travel"),
                slices().matching("io.tidegate.contracts.(*)..").should().beFreeOfCycles());
    }
}
