package io.holdfast.examples.nexmark;

/**
 * Somebody registers, to sell or to bid.
 *
 * @param id unique among persons, consecutive from {@link NexmarkGenerator#FIRST_PERSON_ID}
 * @param name first and last name; many persons share one
 * @param emailAddress made of the name, so not unique either
 * @param creditCard number of sixteen digits
 * @param city where the person lives
 * @param state two-letter code of one of six western states of the USA
 * @param timestamp when the person registered, milliseconds since the epoch
 */
public record Person(
        long id,
        String name,
        String emailAddress,
        long creditCard,
        String city,
        String state,
        long timestamp)
        implements Event {}
