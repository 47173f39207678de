package io.ringtape.journal;

import io.ringtape.event.OrderBookEvent;
import java.io.DataOutputStream;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.agrona.concurrent.UnsafeBuffer;

/** A process that records for ever and says on its standard output what is journaled; it is made to be killed. */
final class RecordingChild
{
    private RecordingChild()
    {
    }

    public static void main(final String[] arguments) throws IOException
    {
        final Path tape = Path.of(arguments[0]);
        final Random random = new Random(Long.parseLong(arguments[1]));
        final UnsafeBuffer room = Tapes.room(2048);
        final OrderBookEvent event = new OrderBookEvent();
        // The JVM and these classes are warm before the parent says go.
        if (System.in.read() < 0)
        {
            return;
        }
        final TapeConfig config = TapeConfig.defaults().withRollBytes(TapeConfig.MIN_ROLL_BYTES);
        try (DataOutputStream out = new DataOutputStream(new FileOutputStream(FileDescriptor.out));
            TapeWriter writer = Tapes.open(tape, config))
        {
            long next = writer.firstSequence();
            out.writeLong(next - 1);
            out.flush();
            while (next < Long.MAX_VALUE)
            {
                final int count = 1 + random.nextInt(random.nextInt(8) == 0 ? 2048 : 64);
                for (int i = 0; i < count; i++)
                {
                    Tapes.fill(event.wrap(room, i * OrderBookEvent.SIZE_BYTES), next + i);
                }
                writer.onRange(room, 0, next, count);
                next += count;
                out.writeLong(writer.journaledSequence());
                out.flush();
            }
        }
    }

    /** Starts the process; it waits until it is told to {@link #go}. */
    static Process start(final Path tape, final long seed) throws IOException
    {
        return start(RecordingChild.class, tape, Long.toString(seed));
    }

    /** Starts a process of another kind. */
    static Process start(final Class<?> main, final Path tape, final String... more) throws IOException
    {
        final List<String> command = new ArrayList<>();
        command.add(Path.of(ProcessHandle.current().info().command().orElse("java")).toString());
        for (final String flag : ManagementFactory.getRuntimeMXBean().getInputArguments())
        {
            if (flag.startsWith("--add-") || flag.startsWith("--enable-native") || flag.startsWith("--sun-misc"))
            {
                command.add(flag);
            }
        }
        command.addAll(List.of("-Xmx64m", "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-cp",
            ManagementFactory.getRuntimeMXBean().getClassPath(), main.getName(), tape.toString()));
        command.addAll(List.of(more));
        final Path errors = tape.toAbsolutePath().resolveSibling("errors");
        return new ProcessBuilder(command)
            .redirectError(ProcessBuilder.Redirect.appendTo(errors.toFile()))
            .start();
    }

    /** Lets it record. */
    static void go(final Process child) throws IOException
    {
        child.getOutputStream().write(1);
        child.getOutputStream().flush();
    }
}
