package io.holdfast.host.folder;

import io.holdfast.api.config.ConfigOption;
import io.holdfast.api.config.ConfigOptions;

/** Options of a host that say where its modules are. Settings of jobs are not asked. */
public final class FolderOptions {

    /** The folder that is watched for modules. */
    public static final ConfigOption<String> DIRECTORY =
            ConfigOptions.key("modules.dir")
                    .stringType()
                    .noDefaultValue()
                    .withDescription(
                            "Folder of modules. Its jars are used beside those of the class path,"
                                    + " and take the place of those that hold the same module. It"
                                    + " is watched: jars may come, change and go while jobs run."
                                    + " Set for the host: in its file, its environment, or on the"
                                    + " command line, where it is --modules.");

    private FolderOptions() {}
}
