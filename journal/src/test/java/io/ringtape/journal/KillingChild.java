package io.ringtape.journal;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.ringtape.order.KillReason;
import java.io.IOException;
import java.nio.file.Path;

/** A process that stops or arms everybody beside a tape, and ends. */
final class KillingChild
{
    private KillingChild()
    {
    }

    /** Has such a process do it, and waits for its end. */
    static void change(final Path tape, final boolean isKilled) throws IOException, InterruptedException
    {
        final Process child = RecordingChild.start(KillingChild.class, tape, Boolean.toString(isKilled));
        try
        {
            assertEquals(0, child.waitFor());
        }
        finally
        {
            child.destroyForcibly().waitFor();
        }
    }

    public static void main(final String[] arguments)
    {
        try (ControlFile file = ControlFile.open(Path.of(arguments[0])))
        {
            file.change(Boolean.parseBoolean(arguments[1]), KillScope.ALL, KillReason.HAND, Tapes.START_NS);
        }
    }
}
