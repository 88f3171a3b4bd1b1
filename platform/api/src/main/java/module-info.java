/** What the author of a job codes against: state, functions, serializers, configuration. */
module io.holdfast.api {
    requires static org.osgi.annotation.versioning;

    uses io.holdfast.api.serialization.SerializerProvider;

    exports io.holdfast.api.config;
    exports io.holdfast.api.connector;
    exports io.holdfast.api.error;
    exports io.holdfast.api.function;
    exports io.holdfast.api.process;
    exports io.holdfast.api.serialization;
    exports io.holdfast.api.state;
    exports io.holdfast.api.time;
    exports io.holdfast.api.tuple;
    exports io.holdfast.api.window;
}
