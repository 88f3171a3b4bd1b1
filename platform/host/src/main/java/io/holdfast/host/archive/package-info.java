/**
 * Jars of strangers, looked at before anything of them runs. Read {@link
 * io.holdfast.host.archive.ModuleArchive}, then {@link io.holdfast.host.archive.Trust}.
 *
 * <p>An archive is read as a whole: its directory, every header, every byte. What a module never
 * needs and an attacker does (paths that leave, two entries of one name, links, bombs, hidden
 * entries) is refused; what may still be on its way is told apart from that.
 *
 * <p>Depends on the errors and options of the API alone. Loads no class.
 */
@Version("1.0.0")
package io.holdfast.host.archive;

import org.osgi.annotation.versioning.Version;
