/**
 * What a host tells about itself to another process. Start with {@code HostView} and {@code
 * ModuleView}. Values only; must not know the host, so that whoever asks needs none of its classes.
 */
@Version("0.1.0")
package io.holdfast.control.view;

import org.osgi.annotation.versioning.Version;
