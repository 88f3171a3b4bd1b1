package io.holdfast.cli;

import io.holdfast.config.profile.CompatibilityProfile;
import java.util.ArrayList;

/** For completion. */
final class ProfileNames extends ArrayList<String> {
    private static final long serialVersionUID = 1L;

    ProfileNames() {
        super(CompatibilityProfile.all().stream().map(CompatibilityProfile::id).toList());
    }
}
