package io.holdfast.format.avro;

import org.apache.avro.Schema;
import org.apache.avro.specific.SpecificRecordBase;

/** As Avro would generate it from the second version of its schema. */
public final class Order extends SpecificRecordBase {
    private static final long serialVersionUID = 1L;

    /** The first version. */
    static final Schema EARLIER =
            new Schema.Parser()
                    .parse(
                            """
                            {"type": "record", "name": "Order", "namespace": "io.holdfast.format.avro",
                             "fields": [{"name": "id", "type": "int"},
                                        {"name": "item", "type": "string"},
                                        {"name": "old", "type": ["null", "string"], "default": null}]}
                            """);

    /** The present version: a wider number, a field less, two more. */
    public static final Schema SCHEMA$ =
            new Schema.Parser()
                    .parse(
                            """
                            {"type": "record", "name": "Order", "namespace": "io.holdfast.format.avro",
                             "fields": [{"name": "id", "type": "long"},
                                        {"name": "item",
                                         "type": {"type": "string", "avro.java.string": "String"}},
                                        {"name": "price", "type": "double", "default": 1.5},
                                        {"name": "tags", "default": [],
                                         "type": {"type": "array", "items":
                                             {"type": "string", "avro.java.string": "String"}}}]}
                            """);

    private long id;
    private String item;
    private double price;
    private java.util.List<String> tags;

    /** Empty, for Avro. */
    public Order() {}

    Order(long id, String item, double price, java.util.List<String> tags) {
        this.id = id;
        this.item = item;
        this.price = price;
        this.tags = tags;
    }

    @Override
    public Schema getSchema() {
        return SCHEMA$;
    }

    @Override
    public Object get(int field) {
        return switch (field) {
            case 0 -> id;
            case 1 -> item;
            case 2 -> price;
            default -> tags;
        };
    }

    @Override
    @SuppressWarnings("unchecked")
    public void put(int field, Object value) {
        switch (field) {
            case 0 -> id = (Long) value;
            case 1 -> item = value.toString();
            case 2 -> price = (Double) value;
            default -> tags = (java.util.List<String>) value;
        }
    }
}
