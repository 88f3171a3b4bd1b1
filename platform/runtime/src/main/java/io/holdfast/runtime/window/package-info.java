/**
 * Windows of event time: gathering, merging, firing, cleaning up. Read {@link
 * io.holdfast.runtime.window.WindowOperator}.
 *
 * <p>A window's content is state whose namespace is the window; of merged windows, the window that
 * first held it. Depends on {@code runtime.operator}.
 */
package io.holdfast.runtime.window;
