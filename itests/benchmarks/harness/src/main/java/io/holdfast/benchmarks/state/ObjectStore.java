package io.holdfast.benchmarks.state;

/** An object for each name: nothing in it that a table of numbers could hold. */
public interface ObjectStore extends Store {

    /**
     * The object. Immutable, as values of state should be; a change makes a new one.
     *
     * @param owner who
     * @param balance sum of all payments
     * @param payments number of payments
     */
    record Account(String owner, long balance, int payments) {

        /** An account with nothing in it. */
        public static Account of(String owner) {
            return new Account(owner, 0, 0);
        }

        /** The account after one more payment. */
        public Account paid(long amount) {
            return new Account(owner, balance + amount, payments + 1);
        }
    }

    /**
     * Reads the account of {@code name}, which may be absent, and writes it back after a payment.
     *
     * @param name equal to the name that is held as key, but not the same object
     * @return the new balance
     */
    long pay(String name, long amount) throws Exception;

    /** Reads the account of {@code name}, which is present. */
    Account get(String name) throws Exception;
}
