package io.tidegate.decision;

import java.lang.annotation.ElementType;
import java.lang.annotation.Repeatable;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** Names a rule of {@code semantics-rows.txt} that a test shows to hold; the table of docs/semantics.md is made of these. */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
@Repeatable(Row.List.class)
public @interface Row {
    /** The rule's name. */
    String value();

    /** Those cases of a parameterized test that show it; none means the whole test. */
    String[] cases() default {};

    /** Several rules of one test. */
    @Retention(RetentionPolicy.RUNTIME)
    @Target(ElementType.METHOD)
    @interface List {
        /** The rules. */
        Row[] value();
    }
}
