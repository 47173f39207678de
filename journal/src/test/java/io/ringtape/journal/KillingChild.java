package io.ringtape.journal;

import io.ringtape.order.KillReason;
import java.nio.file.Path;

/** A process that stops or arms everybody beside a tape, and ends. */
final class KillingChild
{
    private KillingChild()
    {
    }

    public static void main(final String[] arguments)
    {
        try (ControlFile file = ControlFile.open(Path.of(arguments[0])))
        {
            file.change(Boolean.parseBoolean(arguments[1]), KillScope.ALL, KillReason.HAND, Tapes.START_NS);
        }
    }
}
