package io.holdfast.format.avro;

import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.avro.Schema;
import org.apache.avro.specific.SpecificData;

/**
 * The classes that belong to the schema of one class of the job: those that its own schema names,
 * found through its own class loader. A schema that was stored can name no other, and nothing of
 * the process has to be told to trust them. May be used by several threads.
 */
final class JobClasses extends SpecificData {
    private final Set<String> names = new HashSet<>();
    private final ConcurrentHashMap<String, Optional<Class<?>>> found = new ConcurrentHashMap<>();

    /**
     * The classes that one of them leads to.
     *
     * @param type a class that Avro generated
     */
    JobClasses(Class<?> type) {
        super(type.getClassLoader());
        SpecificData model = SpecificData.getForClass(type);
        model.getConversions().forEach(this::addLogicalTypeConversion);
        collect(model.getSchema(type));
    }

    private void collect(Schema schema) {
        switch (schema.getType()) {
            case RECORD -> {
                if (names.add(schema.getFullName())) {
                    schema.getFields().forEach(field -> collect(field.schema()));
                }
            }
            case ENUM, FIXED -> names.add(schema.getFullName());
            case ARRAY -> collect(schema.getElementType());
            case MAP -> collect(schema.getValueType());
            case UNION -> schema.getTypes().forEach(this::collect);
            default -> {}
        }
    }

    @Override
    @SuppressWarnings("rawtypes") // as it is declared
    public Class getClass(Schema schema) {
        return switch (schema.getType()) {
            case RECORD, ENUM, FIXED -> named(schema);
            case UNION -> optional(schema);
            default -> super.getClass(schema);
        };
    }

    private Class<?> optional(Schema union) {
        Set<Schema> types = new HashSet<>(union.getTypes());
        types.removeIf(type -> type.getType() == Schema.Type.NULL);
        return types.size() == 1 && union.getTypes().size() == 2
                ? getClass(types.iterator().next())
                : Object.class;
    }

    /** Null, as Avro has it, where there is no class: such values are generic ones. */
    private Class<?> named(Schema schema) {
        if (!names.contains(schema.getFullName())) {
            return null;
        }
        return found.computeIfAbsent(schema.getFullName(), name -> load(schema)).orElse(null);
    }

    private Optional<Class<?>> load(Schema schema) {
        try {
            return Optional.of(Class.forName(getClassName(schema), false, getClassLoader()));
        } catch (ClassNotFoundException e) {
            return Optional.empty();
        }
    }
}
