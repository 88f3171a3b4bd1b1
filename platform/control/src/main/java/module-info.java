/** Lets other processes of the same user look at a host and ask it for something. */
module io.holdfast.control {
    requires transitive io.holdfast.api;
    requires transitive io.holdfast.runtime;
    requires org.slf4j;
    requires static org.osgi.annotation.versioning;

    exports io.holdfast.control.client;
    exports io.holdfast.control.server;
    exports io.holdfast.control.view;
}
