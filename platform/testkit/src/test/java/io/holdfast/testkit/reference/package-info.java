/**
 * A state backend as simple as can be, over sorted maps, and bugs to plant in it: the contracts are
 * tested with it. Read {@link io.holdfast.testkit.reference.ReferenceStateBackend}.
 */
package io.holdfast.testkit.reference;
