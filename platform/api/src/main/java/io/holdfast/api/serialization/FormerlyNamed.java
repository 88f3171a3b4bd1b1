package io.holdfast.api.serialization;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Names that something had in earlier versions of a program, so that state stored under them is
 * still found. Stands at a record component, a field, an enum constant, or a class (a record, a
 * POJO, an enum, a sealed type, one of its subtypes). Names without effect do no harm: keep them as
 * long as a savepoint with the old name may come back.
 *
 * <p>The present name always wins: a former name counts only where nothing stored bears the present
 * one. An enum constant or a subtype that is gone for good hands its values to the one that lists
 * its name; stored values are then rewritten.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.TYPE, ElementType.FIELD, ElementType.RECORD_COMPONENT})
public @interface FormerlyNamed {

    /**
     * The names, latest first.
     *
     * @return for a class: its binary name as {@link Class#getName} gave it ({@code
     *     com.example.Order$Line}), or without package and enclosing class if those are still the
     *     same
     */
    String[] value();
}
