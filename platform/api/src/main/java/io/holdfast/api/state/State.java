package io.holdfast.api.state;

import org.osgi.annotation.versioning.ConsumerType;

/** What all kinds of state have in common. */
@ConsumerType
public interface State {

    /** Removes the entry of the current key. */
    void clear();
}
