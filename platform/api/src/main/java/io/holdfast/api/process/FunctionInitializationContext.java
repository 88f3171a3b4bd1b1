package io.holdfast.api.process;

import org.osgi.annotation.versioning.ProviderType;

/** What a function finds when it starts. */
@ProviderType
public interface FunctionInitializationContext {

    /**
     * Tells whether this start continues an earlier run.
     *
     * @return true after a restore
     */
    boolean isRestored();

    /**
     * The operator state.
     *
     * @return the store
     */
    OperatorStateStore operatorStateStore();
}
