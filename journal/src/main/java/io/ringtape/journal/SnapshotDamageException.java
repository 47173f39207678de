package io.ringtape.journal;

/** A snapshot is not what it was; of the tape it says nothing. */
final class SnapshotDamageException extends Exception
{
    private static final long serialVersionUID = 1L;
    private final String line;

    SnapshotDamageException(final SnapshotInfo info, final String what)
    {
        this("snapshot is damaged, " + what + ": file=" + info.name());
    }

    private SnapshotDamageException(final String line)
    {
        super(line);
        this.line = line;
    }

    /** The message, which is never missing. */
    String line()
    {
        return line;
    }
}
