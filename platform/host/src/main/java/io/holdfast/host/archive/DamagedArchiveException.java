package io.holdfast.host.archive;

import java.io.IOException;

/** An archive is damaged, or not whole yet: the same file may be good a moment later. */
public final class DamagedArchiveException extends IOException {
    private static final long serialVersionUID = 1L;

    DamagedArchiveException(String message) {
        super(message);
    }

    DamagedArchiveException(String message, Throwable cause) {
        super(message, cause);
    }
}
