package io.holdfast.control.server;

import io.holdfast.api.error.DidYouMean;
import io.holdfast.control.view.HandOverView;
import io.holdfast.control.view.HostView;
import io.holdfast.control.view.JobView;
import io.holdfast.control.view.ModuleView;
import io.holdfast.control.view.ProviderView;
import io.holdfast.host.DeclaredOption;
import io.holdfast.host.ModuleReport;
import io.holdfast.host.ProviderReport;
import io.holdfast.runtime.JobClient;
import io.holdfast.runtime.LocalPlatform;
import io.holdfast.runtime.metrics.HandOverReport;
import java.util.List;
import java.util.Locale;

/** A platform as it is told to others. Stateless. */
public final class Views {
    private Views() {}

    /**
     * The process, its folder of modules and its jobs.
     *
     * @param platform a platform of this process
     * @return as it is now
     */
    public static HostView host(LocalPlatform platform) {
        return new HostView(
                ProcessHandle.current().pid(),
                platform.folder().map(folder -> folder.folder()),
                platform.folder().map(folder -> folder.trust().toString()).orElse(""),
                platform.jobs().stream().map(Views::job).toList());
    }

    private static JobView job(JobClient job) {
        return new JobView(job.jobId(), job.jobName(), job.status().name(), job.stateBackend());
    }

    /**
     * A hand-over.
     *
     * @param report how it went
     * @return the same
     */
    public static HandOverView handOver(HandOverReport report) {
        return new HandOverView(
                report.from(),
                report.to(),
                report.pause(),
                report.subtasks().stream()
                        .map(
                                each ->
                                        new HandOverView.Subtask(
                                                each.operator(),
                                                each.subtask(),
                                                each.pause(),
                                                each.bytes()))
                        .toList());
    }

    /**
     * The modules.
     *
     * @param platform a platform of this process
     * @return as they are now; those that left are not in it
     */
    public static List<ModuleView> modules(LocalPlatform platform) {
        List<DeclaredOption> options = platform.modules().options();
        return platform.modules().modules().stream()
                .filter(report -> report.state() != ModuleReport.State.GONE)
                .map(report -> module(report, options))
                .toList();
    }

    private static ModuleView module(ModuleReport report, List<DeclaredOption> options) {
        return new ModuleView(
                report.name(),
                report.origin().version(),
                ModuleView.State.valueOf(report.state().name()),
                report.origin().world(),
                report.origin().location(),
                report.origin().digest(),
                report.users().stream().distinct().sorted().toList(),
                report.providers().stream().map(each -> provider(each, options)).toList(),
                report.problem());
    }

    private static ProviderView provider(ProviderReport provider, List<DeclaredOption> options) {
        // Options are known of those that are handed out.
        boolean handedOut = provider.state() == ProviderReport.State.AVAILABLE;
        return new ProviderView(
                provider.kind().noun(),
                provider.className(),
                provider.state().name().toLowerCase(Locale.ROOT),
                provider.names().stream().sorted().toList(),
                options.stream()
                        .filter(each -> handedOut && each.kind() == provider.kind())
                        .filter(each -> isOf(each, provider))
                        .map(each -> each.option().key())
                        .distinct()
                        .sorted()
                        .toList());
    }

    /** A declared option names its provider by all of its names. */
    private static boolean isOf(DeclaredOption option, ProviderReport provider) {
        return option.provider().equals(DidYouMean.list(provider.names()));
    }
}
