package io.holdfast.api.serialization;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.holdfast.api.error.HoldfastException;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Serializers that a library brings, seen by the thread that asks. */
class ProvidedSerializersTest {
    @TempDir Path directory;

    private final ClassLoader before = Thread.currentThread().getContextClassLoader();

    /** A type of a library: no POJO, as it has no constructor without parameters. */
    public static final class Money {
        private final long cents;

        Money(long cents) {
            this.cents = cents;
        }
    }

    /** Brings a serializer of {@link Money}. */
    public static final class Provider implements SerializerProvider {
        @Override
        @SuppressWarnings("unchecked")
        public <T> Optional<Serializer<T>> forClass(Class<T> type) {
            return type == Money.class
                    ? Optional.of((Serializer<T>) new MoneySerializer())
                    : Optional.empty();
        }

        @Override
        @SuppressWarnings({"unchecked", "rawtypes"})
        public Optional<Serializer<Object>> generic(SerializerSnapshot written) {
            return written.name().equals("money")
                    ? Optional.of((Serializer<Object>) (Serializer) Serializers.LONG)
                    : Optional.empty();
        }
    }

    /** One whose library is missing. */
    public static final class Broken implements SerializerProvider {
        @Override
        public <T> Optional<Serializer<T>> forClass(Class<T> type) {
            throw new NoClassDefFoundError("org/example/Library");
        }

        @Override
        public Optional<Serializer<Object>> generic(SerializerSnapshot written) {
            throw new NoClassDefFoundError("org/example/Library");
        }
    }

    private static final class MoneySerializer implements Serializer<Money> {
        @Override
        public void write(Money value, java.io.DataOutput out) throws IOException {
            out.writeLong(value.cents);
        }

        @Override
        public Money read(java.io.DataInput in) throws IOException {
            return new Money(in.readLong());
        }

        @Override
        public Money copy(Money value) {
            return value;
        }

        @Override
        public int fixedLength() {
            return 8;
        }

        @Override
        public SerializerSnapshot snapshot() {
            return SerializerSnapshot.named("money");
        }
    }

    record Account(String owner, Money balance) {}

    @BeforeEach
    void announceProviders() throws IOException {
        Path services = Files.createDirectories(directory.resolve("META-INF/services"));
        Files.writeString(
                services.resolve(SerializerProvider.class.getName()),
                Broken.class.getName() + "\n" + Provider.class.getName() + "\n");
        Thread.currentThread()
                .setContextClassLoader(
                        new URLClassLoader(new URL[] {directory.toUri().toURL()}, before));
    }

    @AfterEach
    void takeThemAway() throws IOException {
        ((URLClassLoader) Thread.currentThread().getContextClassLoader()).close();
        Thread.currentThread().setContextClassLoader(before);
    }

    @Test
    void aTypeOfALibraryIsFoundAlsoAsAPart() throws IOException {
        Serializer<Account> accounts = Serializers.forClass(Account.class);
        byte[] bytes = Bytes.of(accounts, new Account("me", new Money(5)));
        assertThat(Bytes.read(accounts, bytes).balance().cents).isEqualTo(5);
        assertThat(Bytes.read(Serializers.generic(accounts.snapshot()).orElseThrow(), bytes))
                .hasToString("Account{owner=me, balance=5}");
    }

    @Test
    void withoutItsProviderATypeIsRefused() {
        Thread own = Thread.currentThread();
        ClassLoader with = own.getContextClassLoader();
        own.setContextClassLoader(before);
        try {
            assertThatThrownBy(() -> Serializers.forClass(Money.class))
                    .isInstanceOf(HoldfastException.class)
                    .hasMessageContaining("STATE-3002");
            assertThat(Serializers.generic(SerializerSnapshot.named("money"))).isEmpty();
        } finally {
            own.setContextClassLoader(with);
        }
    }
}
