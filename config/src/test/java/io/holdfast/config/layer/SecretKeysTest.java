package io.holdfast.config.layer;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SecretKeysTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "s3.secret-key",
                "fs.s3a.secret.key",
                "fs.s3a.access.key",
                "security.ssl.key-password",
                "fs.azure.account.key.x.net",
                "metrics.apiKey",
                "sasl.jaas.config",
                "s3.SecretKey",
                "s3.scret-key",
                "db.pasword",
                "x.tokne",
                "encryption.key",
                "basic-auth"
            })
    void keysThatSpeakOfSecretsAreKnownAlsoWithASlip(String key) {
        assertThat(SecretKeys.hides(key)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "state.backend.type",
                "execution.checkpointing.dir",
                "keys",
                "monkey.x",
                "taskmanager"
            })
    void othersAreShown(String key) {
        assertThat(SecretKeys.hides(key)).isFalse();
    }

    @Test
    void passwordsOfUrisAreHidden() {
        assertThat(SecretKeys.withoutPasswords("x s3://key:pw@bucket/a y://u@h z://a:1/b@c"))
                .isEqualTo("x s3://key:******@bucket/a y://u@h z://a:1/b@c");
    }
}
