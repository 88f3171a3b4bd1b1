/** What the author of a job codes against: state, functions, serializers, configuration. */
module io.holdfast.api {
    requires static org.osgi.annotation.versioning;

    exports io.holdfast.api.config;
    exports io.holdfast.api.error;
}
