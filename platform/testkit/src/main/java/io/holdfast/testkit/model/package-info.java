/**
 * Random steps on a state backend and on collections of the JDK, compared after every step. Read
 * {@link io.holdfast.testkit.model.ModelTest}, then {@link io.holdfast.testkit.model.Step}.
 *
 * <p>One seed decides everything: types of key and namespace, max parallelism, steps. Depends on
 * {@code testkit.bench} and {@code testkit.fixture}.
 */
package io.holdfast.testkit.model;
