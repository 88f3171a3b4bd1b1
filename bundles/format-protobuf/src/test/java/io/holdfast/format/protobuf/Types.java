package io.holdfast.format.protobuf;

import com.google.protobuf.DescriptorProtos.DescriptorProto;
import com.google.protobuf.DescriptorProtos.FieldDescriptorProto;
import com.google.protobuf.DescriptorProtos.FileDescriptorProto;
import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.DescriptorValidationException;
import com.google.protobuf.Descriptors.FileDescriptor;
import com.google.protobuf.DynamicMessage;

/** Versions of a message type {@code shop.Order}, as a .proto file would describe them. */
final class Types {
    private Types() {}

    /** A field in a few words: name, number, type. */
    static FieldDescriptorProto field(String name, int number, FieldDescriptorProto.Type type) {
        return FieldDescriptorProto.newBuilder()
                .setName(name)
                .setNumber(number)
                .setType(type)
                .setLabel(FieldDescriptorProto.Label.LABEL_OPTIONAL)
                .build();
    }

    static FieldDescriptorProto repeated(FieldDescriptorProto field) {
        return field.toBuilder().setLabel(FieldDescriptorProto.Label.LABEL_REPEATED).build();
    }

    static FieldDescriptorProto part(String name, int number) {
        return field(name, number, FieldDescriptorProto.Type.TYPE_MESSAGE).toBuilder()
                .setTypeName(".shop.Order")
                .build();
    }

    static Descriptor order(FieldDescriptorProto... fields) {
        DescriptorProto.Builder order = DescriptorProto.newBuilder().setName("Order");
        for (FieldDescriptorProto field : fields) {
            order.addField(field);
        }
        FileDescriptorProto file =
                FileDescriptorProto.newBuilder()
                        .setName("shop.proto")
                        .setPackage("shop")
                        .setSyntax("proto3")
                        .addMessageType(order)
                        .build();
        try {
            return FileDescriptor.buildFrom(file, new FileDescriptor[0])
                    .findMessageTypeByName("Order");
        } catch (DescriptorValidationException e) {
            throw new IllegalArgumentException(e);
        }
    }

    static Descriptor present() {
        return order(
                field("id", 1, FieldDescriptorProto.Type.TYPE_INT64),
                field("item", 2, FieldDescriptorProto.Type.TYPE_STRING),
                field("price", 4, FieldDescriptorProto.Type.TYPE_DOUBLE));
    }

    static DynamicMessage order(Descriptor type, Object... numbersAndValues) {
        DynamicMessage.Builder message = DynamicMessage.newBuilder(type);
        for (int i = 0; i < numbersAndValues.length; i += 2) {
            message.setField(
                    type.findFieldByNumber((Integer) numbersAndValues[i]), numbersAndValues[i + 1]);
        }
        return message.build();
    }
}
