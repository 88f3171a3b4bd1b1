/** Modules as OSGi bundles. */
module io.holdfast.osgi {
    requires transitive io.holdfast.host;
    requires transitive org.apache.felix.framework;
    requires org.slf4j;
    requires static org.osgi.annotation.versioning;

    uses org.osgi.framework.launch.FrameworkFactory;

    exports io.holdfast.osgi;
}
