package io.ringtape.cli.session;

import io.ringtape.cli.capture.CaptureException;
import io.ringtape.cli.demo.DemoSession;
import io.ringtape.cli.request.RecordRequest.OnBadInput;
import io.ringtape.event.Definitions;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A process that records a venue event for each byte that it is given, and ends in order with its input.
 * <p>
 * Thread safety: none; one test.
 * Allocation: as it needs.
 */
public final class PacedRecording
{
    private static final long EVENTS = 1_000_000;

    private PacedRecording()
    {
    }

    public static void main(final String[] arguments) throws CaptureException
    {
        final Definitions definitions = new Definitions();
        try (DemoSession session = DemoSession.open(EVENTS, 1, definitions))
        {
            final GatedCapture paced = new GatedCapture(session, PacedRecording::told);
            new RecordSession(definitions, paced, QuietContext.context())
                .run(Path.of(arguments[0]), RecordLayout.INLINE, OnBadInput.KEEP);
        }
    }

    /** Starts the process on a tape. */
    public static Process start(final Path tape) throws IOException
    {
        return start(PacedRecording.class, tape);
    }

    /** Starts a process of another kind on a tape, with the flags of this one. */
    public static Process start(final Class<?> main, final Path tape) throws IOException
    {
        final List<String> command = new ArrayList<>();
        command.add(ProcessHandle.current().info().command().orElse("java"));
        for (final String flag : ManagementFactory.getRuntimeMXBean().getInputArguments())
        {
            if (flag.startsWith("--add-") || flag.startsWith("--enable-native") || flag.startsWith("--sun-misc"))
            {
                command.add(flag);
            }
        }
        command.addAll(List.of("-Xmx64m", "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-cp",
            ManagementFactory.getRuntimeMXBean().getClassPath(), main.getName(), tape.toString()));
        return new ProcessBuilder(command)
            .redirectError(tape.toAbsolutePath().resolveSibling("errors").toFile())
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
    }

    /** Lets it go on. */
    public static void record(final Process child, final int venueEvents) throws IOException
    {
        child.getOutputStream().write(new byte[venueEvents]);
        child.getOutputStream().flush();
    }

    private static boolean told()
    {
        try
        {
            return System.in.read() >= 0;
        }
        catch (final IOException e)
        {
            throw new UncheckedIOException(e);
        }
    }
}
