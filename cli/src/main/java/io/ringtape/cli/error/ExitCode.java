package io.ringtape.cli.error;

/**
 * The exit codes of all commands: the one table, which {@code --help} prints.
 * <p>
 * Codes 1 to 5 are verdicts over a tape; those from 64 on are the usual ones of {@code sysexits.h}.
 * <p>
 * Thread safety: immutable.
 * Allocation: none.
 */
public enum ExitCode
{
    /** The command did what it was asked. */
    FINE(0, "fine"),
    /** The tape ends in the middle of a block, as a kill leaves it. */
    TORN_TAIL(1, "torn tail: the tape ends inside a block, as a kill leaves it (verify only)"),
    /** Bytes of the tape are not what was written. */
    DAMAGED(2, "damaged: bytes of the tape are not what was written"),
    /** Sequences are missing on the tape. */
    GAP(3, "gap: sequences are missing on the tape"),
    /** There is no tape, or one of another version. */
    UNREADABLE(4, "unreadable: no tape, or a tape of another version"),
    /**
     * A replay made other outputs than the tape holds, a book is not the one it was compared with, or a round of
     * {@code faults} or a promise of {@code soak} did not hold.
     */
    OUTPUTS_DIFFER(5, "outputs differ: a replay or a compared book is not what was recorded; faults, soak: broken"),
    /** The command line is wrong. */
    USAGE(64, "usage: the command line is wrong"),
    /** A file, or a range of it, holds something else than it must; or a strategy cannot be made, or throws. */
    BAD_INPUT(65, "bad input: a file or a range is not what it must be, or a strategy fails"),
    /**
     * A file or a tape does not exist, or no recording that a command is for, or this user may not read or write it as
     * the command must.
     */
    INPUT_MISSING(66, "input missing: a file or tape does not exist, or permission to it is denied"),
    /** Something that should not happen, or a JVM or platform that cannot run Ringtape. */
    INTERNAL(70, "internal error, or a JVM or platform that cannot run ringtape"),
    /** The tape cannot be made, also where its parent may not be written, or is none that may be gone on with. */
    CANNOT_CREATE(73, "cannot create the tape, or go on with it"),
    /** Reading or writing failed, the disk is full, or the process may open no more files. */
    IO_ERROR(74, "reading or writing failed, the disk is full, or too many files are open"),
    /**
     * Another process records onto the tape, or took back a run that was being read; or one reads it that files are to
     * be removed from, or the other way; or a recording has not taken other limits yet, or another change of them came
     * in between.
     */
    IN_USE(75, "in use: another process has the tape; limits: not taken yet, or another change came in between");

    private final int code;
    private final String meaning;

    ExitCode(final int code, final String meaning)
    {
        this.code = code;
        this.meaning = meaning;
    }

    /**
     * What the process returns.
     *
     * @return 0 to 75.
     */
    public int code()
    {
        return code;
    }

    /**
     * What the code means.
     *
     * @return one line.
     */
    public String meaning()
    {
        return meaning;
    }
}
