package io.holdfast.format.protobuf;

import com.google.protobuf.DescriptorProtos.FileDescriptorProto;
import com.google.protobuf.DescriptorProtos.FileDescriptorSet;
import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.DescriptorValidationException;
import com.google.protobuf.Descriptors.FileDescriptor;
import com.google.protobuf.InvalidProtocolBufferException;
import io.holdfast.api.serialization.SerializerSnapshot;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Message types as descriptions of serializers, and back. What is stored is not trusted. */
final class StoredType {
    private static final String PREFIX = "protobuf:";

    private StoredType() {}

    static SerializerSnapshot describe(Descriptor type) {
        Set<FileDescriptor> files = new LinkedHashSet<>();
        collect(type.getFile(), files);
        FileDescriptorSet.Builder set = FileDescriptorSet.newBuilder();
        files.forEach(file -> set.addFile(file.toProto().toBuilder().clearSourceCodeInfo()));
        return new SerializerSnapshot(
                PREFIX + type.getFullName(), 1, set.build().toByteArray(), List.of());
    }

    /** Each file behind those that it needs. */
    private static void collect(FileDescriptor file, Set<FileDescriptor> files) {
        if (!files.contains(file)) {
            file.getDependencies().forEach(needed -> collect(needed, files));
            files.add(file);
        }
    }

    static boolean describes(SerializerSnapshot written) {
        return written.version() == 1
                && written.name().startsWith(PREFIX)
                && written.nested().isEmpty();
    }

    /** The message type, or empty if there is none to be read. */
    static Optional<Descriptor> parse(SerializerSnapshot written) {
        try {
            Map<String, FileDescriptor> files = new HashMap<>();
            for (FileDescriptorProto file :
                    FileDescriptorSet.parseFrom(written.body()).getFileList()) {
                List<FileDescriptor> needed = new ArrayList<>();
                for (String name : file.getDependencyList()) {
                    FileDescriptor present = files.get(name);
                    if (present == null) {
                        return Optional.empty();
                    }
                    needed.add(present);
                }
                files.put(
                        file.getName(),
                        FileDescriptor.buildFrom(file, needed.toArray(FileDescriptor[]::new)));
            }
            return named(written.name().substring(PREFIX.length()), files);
        } catch (InvalidProtocolBufferException
                | DescriptorValidationException
                | RuntimeException
                | StackOverflowError e) {
            return Optional.empty(); // Malformed in one of the many ways there are.
        }
    }

    private static Optional<Descriptor> named(String name, Map<String, FileDescriptor> files) {
        for (FileDescriptor file : files.values()) {
            Optional<Descriptor> found = named(name, file.getMessageTypes());
            if (found.isPresent()) {
                return found;
            }
        }
        return Optional.empty();
    }

    private static Optional<Descriptor> named(String name, List<Descriptor> types) {
        for (Descriptor type : types) {
            if (type.getFullName().equals(name)) {
                return Optional.of(type);
            }
            if (name.startsWith(type.getFullName() + ".")) {
                return named(name, type.getNestedTypes());
            }
        }
        return Optional.empty();
    }
}
