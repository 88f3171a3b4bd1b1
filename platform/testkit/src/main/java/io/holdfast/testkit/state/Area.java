package io.holdfast.testkit.state;

import io.holdfast.api.serialization.Serializer;
import io.holdfast.api.serialization.Serializers;

/** A namespace whose bytes vary in length, and which is of no other type in the tests. */
record Area(String city, int floor) implements Comparable<Area> {
    static final Serializer<Area> SERIALIZER = Serializers.forClass(Area.class);

    static final Area ULM = new Area("Ulm", 0);
    static final Area BONN = new Area("Bonn", -1);
    static final Area NOWHERE = new Area("", Integer.MIN_VALUE);

    @Override
    public int compareTo(Area other) {
        int byCity = city.compareTo(other.city);
        return byCity != 0 ? byCity : Integer.compare(floor, other.floor);
    }
}
