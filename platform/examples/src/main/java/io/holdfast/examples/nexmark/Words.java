package io.holdfast.examples.nexmark;

import java.util.Locale;

/** The texts of persons and auctions, made once, so that an event only refers to them. */
final class Words {
    private static final String[] FIRST_NAMES = {
        "Ada", "Bruno", "Carla", "Dmitri", "Elif", "Femi", "Greta", "Hugo", "Ines", "Jonas",
        "Kenji", "Leila", "Marta", "Nils", "Oona", "Pavel"
    };
    private static final String[] LAST_NAMES = {
        "Abel", "Brandt", "Castro", "Diallo", "Eriksen", "Fontana", "Greene", "Horvat", "Ito",
        "Jansen", "Kowal", "Lindt", "Moreau", "Novak", "Okafor", "Petrov"
    };
    private static final String[] QUALITIES = {
        "antique",
        "blue",
        "carved",
        "dusty",
        "early",
        "framed",
        "gilded",
        "heavy",
        "inlaid",
        "Japanese",
        "knitted",
        "late",
        "marble",
        "narrow",
        "oak",
        "painted"
    };
    private static final String[] THINGS = {
        "armchair",
        "bicycle",
        "clock",
        "drum",
        "easel",
        "fiddle",
        "globe",
        "harp",
        "inkwell",
        "jug",
        "kettle",
        "lamp",
        "mirror",
        "necklace",
        "oar",
        "piano"
    };

    static final String[] NAMES = pairs(FIRST_NAMES, " ", LAST_NAMES, "");
    static final String[] EMAIL_ADDRESSES =
            lowerCase(pairs(FIRST_NAMES, ".", LAST_NAMES, "@example.org"));
    static final String[] ITEMS = pairs(QUALITIES, " ", THINGS, "");

    /** The states and cities of the model, which its third query selects by. */
    static final String[] STATES = {"AZ", "CA", "ID", "OR", "WA", "WY"};

    static final String[] CITIES = {
        "Phoenix",
        "Los Angeles",
        "San Francisco",
        "Boise",
        "Portland",
        "Bend",
        "Redmond",
        "Seattle",
        "Kent",
        "Cheyenne"
    };

    private Words() {}

    private static String[] pairs(String[] left, String between, String[] right, String end) {
        String[] pairs = new String[left.length * right.length];
        for (int i = 0; i < pairs.length; i++) {
            pairs[i] = left[i / right.length] + between + right[i % right.length] + end;
        }
        return pairs;
    }

    private static String[] lowerCase(String[] texts) {
        for (int i = 0; i < texts.length; i++) {
            texts[i] = texts[i].toLowerCase(Locale.ROOT);
        }
        return texts;
    }
}
