package io.holdfast.host.archive;

import io.holdfast.api.config.ReadableConfig;
import io.holdfast.api.error.HoldfastException;
import io.holdfast.api.error.Problem;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.CodeSigner;
import java.security.GeneralSecurityException;
import java.security.cert.CertPathValidator;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.cert.PKIXParameters;
import java.security.cert.TrustAnchor;
import java.security.cert.X509Certificate;
import java.util.Collections;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.stream.Collectors;

/**
 * Which modules may be loaded. Asked before a class of a module is loaded. May be used from any
 * thread. Lists and certificates are read at every question, so that a change acts at once.
 */
public sealed interface Trust {

    /**
     * The trust a configuration asks for.
     *
     * @param config has the options of {@link TrustOptions}
     * @return the trust
     * @throws HoldfastException MODULE-2019 if there is no such trust, or if it needs a file that
     *     is not given
     */
    static Trust of(ReadableConfig config) {
        String trust = config.get(TrustOptions.TRUST).strip().toLowerCase(Locale.ROOT);
        return switch (trust) {
            case "any" -> any();
            case "signed" -> signedBy(file(config, TrustOptions.CERTIFICATES));
            case "digest-list" -> listedIn(file(config, TrustOptions.DIGESTS));
            default ->
                    throw Problem.user("MODULE-2019", "modules.trust is '" + trust + "'.")
                            .with("possible", "any, signed, digest-list")
                            .advise("choose one of those")
                            .exception();
        };
    }

    private static Path file(
            ReadableConfig config, io.holdfast.api.config.ConfigOption<String> option) {
        return config.getOptional(option)
                .map(Path::of)
                .orElseThrow(
                        () ->
                                Problem.user(
                                                "MODULE-2019",
                                                "modules.trust needs a file, and none is given.")
                                        .with("missing", option.key())
                                        .advise("set " + option.key())
                                        .exception());
    }

    /**
     * Every sound archive.
     *
     * @return the trust
     */
    static Trust any() {
        return new Any();
    }

    /**
     * Jars whose every entry is signed by somebody known. Replacing a module by an older version is
     * refused: an old signature may be over an old hole.
     *
     * @param certificates a file of X.509 certificates, PEM or DER: of signers, or of those who
     *     certify signers
     * @return the trust
     */
    static Trust signedBy(Path certificates) {
        return new Signed(certificates);
    }

    /**
     * Jars whose digest is in a list.
     *
     * @param list lines of a SHA-256 digest and, behind it, anything; as {@code sha256sum} writes
     *     them
     * @return the trust
     */
    static Trust listedIn(Path list) {
        return new Listed(list);
    }

    /**
     * Passes, or says why not.
     *
     * @param archive a sound archive
     * @throws HoldfastException MODULE-2013 if it is not trusted; MODULE-2019 if the list or the
     *     certificates cannot be read
     */
    void verify(ModuleArchive archive);

    /**
     * Tells whether a module may be replaced by an older version of it.
     *
     * @return false if that is refused
     */
    default boolean allowsOlder() {
        return true;
    }

    /** Trusts all. */
    record Any() implements Trust {
        /** As it is set. */
        @Override
        public String toString() {
            return "any";
        }

        @Override
        public void verify(ModuleArchive archive) {}
    }

    /**
     * Trusts what is listed.
     *
     * @param list the list
     */
    record Listed(Path list) implements Trust {
        /** As it is set, and where. */
        @Override
        public String toString() {
            return "digest-list, in " + list;
        }

        @Override
        public void verify(ModuleArchive archive) {
            Set<String> digests;
            try {
                digests =
                        Files.readAllLines(list).stream()
                                .map(line -> line.strip().split("\\s+")[0].toLowerCase(Locale.ROOT))
                                .collect(Collectors.toSet());
            } catch (IOException e) {
                throw unreadable(archive, list, e);
            }
            if (!digests.contains(archive.digest())) {
                throw Problem.user("MODULE-2013", "The jar is not in the list of trusted ones.")
                        .with("jar", archive.origin())
                        .with("digest", archive.digest())
                        .with("list", list)
                        .advise("if it is what you mean to run, add its digest to the list")
                        .exception();
            }
        }
    }

    /**
     * Trusts what is signed.
     *
     * @param certificates whom to believe
     */
    record Signed(Path certificates) implements Trust {
        /** As it is set, and by whom. */
        @Override
        public String toString() {
            return "signed, by those in " + certificates;
        }

        @Override
        public boolean allowsOlder() {
            return false;
        }

        @Override
        public void verify(ModuleArchive archive) {
            Set<X509Certificate> known;
            try {
                known = read(certificates);
            } catch (IOException | GeneralSecurityException e) {
                throw unreadable(archive, certificates, e);
            }
            Set<String> unsigned = new HashSet<>();
            try (JarFile jar = new JarFile(archive.file().toFile(), true)) {
                Set<String> promised = new HashSet<>(archive.manifest().getEntries().keySet());
                for (JarEntry entry : Collections.list(jar.entries())) {
                    promised.remove(entry.getName());
                    if (!entry.isDirectory() && !isSignature(entry.getName())) {
                        drain(jar, entry);
                        if (!signedByOneOf(known, entry.getCodeSigners())) {
                            unsigned.add(entry.getName());
                        }
                    }
                }
                if (!promised.isEmpty()) {
                    throw refused(
                            archive,
                            "the signed entry '" + promised.iterator().next() + "' was removed",
                            null);
                }
            } catch (SecurityException | IOException e) {
                throw refused(archive, e.getMessage(), e);
            }
            if (!unsigned.isEmpty()) {
                throw refused(
                        archive,
                        "%d entries are not signed by anybody known, such as '%s'"
                                .formatted(
                                        unsigned.size(),
                                        unsigned.stream().sorted().findFirst().orElseThrow()),
                        null);
            }
        }

        private static void drain(JarFile jar, JarEntry entry) throws IOException {
            byte[] buffer = new byte[1 << 16];
            try (InputStream in = jar.getInputStream(entry)) {
                while (in.read(buffer) >= 0) {
                    // The signature is compared while reading.
                }
            }
        }

        private static boolean isSignature(String name) {
            String upper = name.toUpperCase(Locale.ROOT);
            return upper.equals("META-INF/MANIFEST.MF")
                    || upper.matches("META-INF/(SIG-[^/]*|[^/]*\\.(SF|RSA|DSA|EC))");
        }

        private static boolean signedByOneOf(Set<X509Certificate> known, CodeSigner[] signers) {
            if (signers != null) {
                for (CodeSigner signer : signers) {
                    if (believed(known, signer)) {
                        return true;
                    }
                }
            }
            return false;
        }

        private static boolean believed(Set<X509Certificate> known, CodeSigner signer) {
            Certificate leaf = signer.getSignerCertPath().getCertificates().get(0);
            try {
                if (leaf instanceof X509Certificate certificate && known.contains(certificate)) {
                    certificate.checkValidity();
                    return true;
                }
                PKIXParameters parameters =
                        new PKIXParameters(
                                known.stream()
                                        .map(each -> new TrustAnchor(each, null))
                                        .collect(Collectors.toSet()));
                parameters.setRevocationEnabled(false);
                CertPathValidator.getInstance("PKIX")
                        .validate(signer.getSignerCertPath(), parameters);
                return true;
            } catch (GeneralSecurityException e) {
                return false;
            }
        }

        private static Set<X509Certificate> read(Path file)
                throws IOException, GeneralSecurityException {
            try (InputStream in = Files.newInputStream(file)) {
                Set<X509Certificate> known = new HashSet<>();
                for (Certificate each :
                        CertificateFactory.getInstance("X.509").generateCertificates(in)) {
                    known.add((X509Certificate) each);
                }
                return known;
            }
        }

        private static HoldfastException refused(
                ModuleArchive archive, String why, Throwable cause) {
            Problem.Builder problem =
                    Problem.user("MODULE-2013", "The jar's signature is not trusted: " + why + ".")
                            .with("jar", archive.origin())
                            .with("digest", archive.digest())
                            .advise("get it from its author again, signed by a known key");
            return cause == null ? problem.exception() : problem.exception(cause);
        }
    }

    private static HoldfastException unreadable(ModuleArchive archive, Path file, Exception cause) {
        return Problem.environment("MODULE-2019", "What is trusted cannot be read.")
                .with("file", file)
                .with("because", cause)
                .with("jar", archive.origin())
                .advise("correct modules.trust and what belongs to it")
                .exception(cause);
    }
}
