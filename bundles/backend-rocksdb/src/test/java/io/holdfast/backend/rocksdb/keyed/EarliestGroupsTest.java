package io.holdfast.backend.rocksdb.keyed;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Comparator;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class EarliestGroupsTest {

    @Test
    void theFirstIsAlwaysAGroupWithTheEarliestTime() {
        long seed = Long.getLong("test.seed", System.nanoTime());
        SplittableRandom random = new SplittableRandom(seed);
        EarliestGroups groups = new EarliestGroups(37);
        Map<Integer, Long> model = new TreeMap<>();
        for (int i = 0; i < 20_000; i++) {
            int group = random.nextInt(37);
            if (random.nextInt(3) == 0) {
                groups.clear(group);
                model.remove(group);
            } else {
                long time = random.nextLong(-50, 50);
                groups.set(group, time);
                model.put(group, time);
            }
            assertThat(groups.isEmpty()).as("seed %d", seed).isEqualTo(model.isEmpty());
            if (!model.isEmpty()) {
                long earliest = model.values().stream().min(Comparator.naturalOrder()).get();
                assertThat(groups.firstTime()).as("seed %d", seed).isEqualTo(earliest);
                assertThat(model.get(groups.first())).isEqualTo(earliest);
            }
        }
    }
}
