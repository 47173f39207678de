package io.ringtape.journal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.TimeUnit;
import net.openhft.posix.PosixAPI;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Only who cannot reserve does without: any other failure is told. */
@Timeout(value = 20, unit = TimeUnit.SECONDS)
final class PreallocationTest
{
    private static final int EINTR = 4;

    private final Path tape = Tapes.fresh("preallocation");
    private final Path file = tape.resolve("file");
    private final List<String> calls = new ArrayList<>();

    @BeforeEach
    void make() throws IOException
    {
        Files.createDirectories(tape);
        Files.write(file, new byte[100]);
    }

    @AfterEach
    void clean()
    {
        Tapes.delete(tape);
    }

    @Test
    void shouldDoWithoutWhereTheFileSystemCannot() throws IOException
    {
        for (final int errno : List.of(22, 38, 95))
        {
            assertFalse(reserve(List.of(0), List.of(errno)), "errno=" + errno);
        }
        assertEquals("close", calls.get(calls.size() - 1));
    }

    @Test
    void shouldAskAgainWhenASignalComes() throws IOException
    {
        assertTrue(reserve(List.of(EINTR, EINTR, 0), List.of(EINTR, 0)));

        assertEquals(List.of("open", "open", "open", "fallocate", "fallocate", "close"), calls);
    }

    @Test
    void shouldGiveUpWhenSignalsNeverEnd()
    {
        final TapeException e = assertThrows(TapeException.class,
            () -> reserve(List.of(0), Collections.nCopies(100, EINTR)));

        assertEquals("space cannot be reserved: file=" + file + " call=fallocate errno=4: reason 4", e.getMessage());
        assertEquals(65, calls.stream().filter("fallocate"::equals).count());
    }

    @Test
    void shouldSayThatThereIsNoSpace()
    {
        for (final int errno : List.of(28, 122))
        {
            final IOException e = assertThrows(IOException.class, () -> reserve(List.of(0), List.of(errno)));

            assertEquals("no space left on device", e.getMessage());
        }
        assertEquals(List.of("open", "fallocate", "ftruncate", "close"), calls.subList(0, 4));
    }

    @Test
    void shouldTellAnyOtherFailure()
    {
        for (final int errno : List.of(5, 9, 19, 27))
        {
            final TapeException e =
                assertThrows(TapeException.class, () -> reserve(List.of(0), List.of(errno)));

            assertEquals(TapeException.Kind.IO, e.kind());
            assertEquals("space cannot be reserved: file=" + file + " call=fallocate errno=" + errno + ": reason " +
                errno, e.getMessage());
            assertEquals("close", calls.get(calls.size() - 1));
        }
    }

    @Test
    void shouldTellThatTheFileCannotBeOpened()
    {
        final TapeException e = assertThrows(TapeException.class, () -> reserve(List.of(24), List.of()));

        assertEquals(TapeException.Kind.IO, e.kind());
        assertEquals("space cannot be reserved: file=" + file + " call=open errno=24: reason 24", e.getMessage());
        assertEquals(List.of("open"), calls);
    }

    @Test
    void shouldTellWhatTheRealDeviceSays()
    {
        assumeTrue(Files.isDirectory(Path.of("/proc/self")));
        final Path missing = tape.resolve("missing");

        final TapeException e =
            assertThrows(TapeException.class, () -> Preallocation.reserve(missing, 0, 1 << 20));

        assertEquals("space cannot be reserved: file=" + missing + " call=open errno=2: No such file or directory",
            e.getMessage());
    }

    @Test
    void shouldStopTheTapeWithWhatTheDeviceSays()
    {
        final TapeException broken = new TapeException(TapeException.Kind.IO, "space cannot be reserved: errno=5");

        final TapeException e = assertThrows(TapeException.class, () -> DeviceFaults.open(tape.resolve("new"),
            TapeConfig.defaults().withReserveBytes(0), Tapes.definitions(), () -> Tapes.START_NS, new DeviceFaults()
            {
                @Override
                public void onReserve(final Path of, final long from, final long length)
                {
                    throw broken;
                }
            }));

        assertEquals(broken, e);
        assertFalse(Files.exists(tape.resolve("new")));
    }

    private boolean reserve(final List<Integer> opens, final List<Integer> fallocates) throws IOException
    {
        return Preallocation.reserve(system(new ArrayDeque<>(opens), new ArrayDeque<>(fallocates)), file, 0, 1 << 20);
    }

    /** Answers with these errors in order; 0 is none. */
    private PosixAPI system(final Deque<Integer> opens, final Deque<Integer> fallocates)
    {
        final int[] error = {0};
        return (PosixAPI)Proxy.newProxyInstance(PosixAPI.class.getClassLoader(), new Class<?>[] {PosixAPI.class},
            (proxy, method, arguments) ->
            {
                final String name = method.getName();
                return switch (name)
                {
                    case "lastError" -> error[0];
                    case "strerror" -> "reason " + arguments[0];
                    default ->
                    {
                        calls.add(name);
                        error[0] = "open".equals(name) ? opens.remove() :
                            "fallocate".equals(name) ? fallocates.remove() : 0;
                        yield error[0] == 0 ? 0 : -1;
                    }
                };
            });
    }
}
