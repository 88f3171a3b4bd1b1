package io.holdfast.examples.sessions;

import java.util.Objects;
import java.util.Optional;

/**
 * One request, as a web server logged it. Texts are as they stand in the log, escape sequences
 * included; {@code -} means that the server had nothing to say.
 *
 * @param visitor who asked: an IPv4 or IPv6 address or a host name
 * @param identity what the visitor's identd said, almost always {@code -}
 * @param user name of an authenticated user, or {@code -}
 * @param timestamp when the request came, milliseconds since 1970-01-01T00:00:00Z
 * @param request the request line, which is whatever the visitor sent; {@link #page} knows better
 * @param status HTTP status of the answer, 100 to 999
 * @param bytes size of the answer's body, 0 where the log has {@code -}
 * @param referrer where the visitor came from; {@code -} in the common format
 * @param userAgent the visitor's program; {@code -} in the common format
 */
public record AccessLogLine(
        String visitor,
        String identity,
        String user,
        long timestamp,
        String request,
        int status,
        long bytes,
        String referrer,
        String userAgent)
        implements ParsedLine {

    /** Refuses null texts. */
    public AccessLogLine {
        Objects.requireNonNull(visitor, "visitor");
        Objects.requireNonNull(identity, "identity");
        Objects.requireNonNull(user, "user");
        Objects.requireNonNull(request, "request");
        Objects.requireNonNull(referrer, "referrer");
        Objects.requireNonNull(userAgent, "userAgent");
    }

    /**
     * The page asked for: the request's target without host and query.
     *
     * <p>A request line is {@code METHOD target HTTP/x} or, in the oldest protocol, {@code METHOD
     * target}, with a method of upper-case letters and hyphens. Servers also log what is none of
     * that, such as an empty line or the start of a TLS handshake: such a request counts as one,
     * but has no page.
     *
     * @return the page, never an empty text, or nothing if the request line is broken
     */
    public Optional<String> page() {
        int afterMethod = request.indexOf(' ');
        if (afterMethod <= 0 || !isMethod(afterMethod)) {
            return Optional.empty();
        }
        int afterTarget = request.indexOf(' ', afterMethod + 1);
        if (afterTarget >= 0 && !isProtocol(afterTarget + 1)) {
            return Optional.empty();
        }
        String target =
                request.substring(
                        afterMethod + 1, afterTarget < 0 ? request.length() : afterTarget);
        return target.isEmpty() ? Optional.empty() : Optional.of(pathOf(target));
    }

    private boolean isMethod(int end) {
        for (int i = 0; i < end; i++) {
            char c = request.charAt(i);
            if ((c < 'A' || c > 'Z') && c != '-') {
                return false;
            }
        }
        return true;
    }

    private boolean isProtocol(int start) {
        return request.startsWith("HTTP/", start) && request.indexOf(' ', start) < 0;
    }

    private static String pathOf(String target) {
        int query = target.indexOf('?');
        String path = query < 0 ? target : target.substring(0, query);
        if (path.startsWith("http://") || path.startsWith("https://")) {
            int afterHost = path.indexOf('/', path.indexOf("//") + 2);
            path = afterHost < 0 ? "" : path.substring(afterHost);
        }
        return path.isEmpty() ? "/" : path;
    }
}
