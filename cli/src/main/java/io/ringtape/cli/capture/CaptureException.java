package io.ringtape.cli.capture;

import io.ringtape.cli.error.ExitCode;
import io.ringtape.feed.FeedException;
import java.nio.file.AccessDeniedException;

/**
 * A capture file that is missing, not as its format has it, not readable, or no fit for what it is to be recorded with:
 * one line with file, field and position.
 * <p>
 * Thread safety: immutable.
 * Allocation: on construction only.
 */
public final class CaptureException extends Exception
{
    private static final long serialVersionUID = 1L;

    private final Kind kind;
    private final String file;
    private final String field;
    private final long position;

    /**
     * What went wrong, which decides the exit code.
     */
    public enum Kind
    {
        /** There is no such file, or none that may be read. */
        MISSING(ExitCode.INPUT_MISSING),
        /** The file is not what it should be. */
        BAD_INPUT(ExitCode.BAD_INPUT),
        /** The system could not read the file. */
        IO(ExitCode.IO_ERROR);

        private final ExitCode exitCode;

        Kind(final ExitCode exitCode)
        {
            this.exitCode = exitCode;
        }

        /**
         * What the process returns.
         *
         * @return the code.
         */
        public ExitCode exitCode()
        {
            return exitCode;
        }
    }

    private CaptureException(
        final Kind kind, final String message, final String file, final String field, final long position)
    {
        super(message);
        this.kind = kind;
        this.file = file;
        this.field = field;
        this.position = position;
    }

    /**
     * The same with what a recording kept that ended here.
     *
     * @param events        that are on tape.
     * @param firstSequence of them.
     * @param lastSequence  of them.
     * @return an exception whose message says so at its end.
     */
    public CaptureException keeping(final long events, final long firstSequence, final long lastSequence)
    {
        return new CaptureException(kind, getMessage() + "; kept events=" + events + " sequences=" + firstSequence +
            ".." + lastSequence, file, field, position).causedBy(this);
    }

    /**
     * What went wrong.
     *
     * @return missing, bad input or I/O.
     */
    public Kind kind()
    {
        return kind;
    }

    /**
     * The file.
     *
     * @return its path as it was given, and behind a {@code !} the entry of a zip.
     */
    public String file()
    {
        return file;
    }

    /**
     * The field of the format.
     *
     * @return its name, or empty where the file as a whole is meant.
     */
    public String field()
    {
        return field;
    }

    /**
     * Where in the file: the row or record from 1, or the byte from 0, as the message says.
     *
     * @return 0 or more, or -1 where the file as a whole is meant.
     */
    public long position()
    {
        return position;
    }

    /**
     * A capture that does not fit what it is to be recorded with.
     *
     * @param file    of the capture.
     * @param message one line that names both.
     * @return bad input, of the file as a whole.
     */
    public static CaptureException unfit(final String file, final String message)
    {
        return new CaptureException(Kind.BAD_INPUT, message, file, "", -1);
    }

    static CaptureException missing(final String file, final String problem)
    {
        return new CaptureException(Kind.MISSING, problem + ": file=" + file, file, "", -1);
    }

    static CaptureException bad(final String file, final String problem, final String details)
    {
        return new CaptureException(
            Kind.BAD_INPUT, problem + ": file=" + file + (details.isEmpty() ? "" : " " + details), file, "", -1);
    }

    static CaptureException bad(
        final String file, final String problem, final String unit, final long position, final String details)
    {
        final String message = problem + ": file=" + file + " " + unit + "=" + position +
            (details.isEmpty() ? "" : " " + details);
        return new CaptureException(Kind.BAD_INPUT, message, file, "", position);
    }

    static CaptureException bad(final String file, final FeedException cause)
    {
        final CaptureException exception = new CaptureException(Kind.BAD_INPUT,
            cause.problem() + ": file=" + file + " " + cause.where(), file, cause.field(), cause.position());
        exception.initCause(cause);
        return exception;
    }

    static CaptureException io(final String file, final long position, final Throwable cause)
    {
        if (cause instanceof AccessDeniedException)
        {
            return new CaptureException(Kind.MISSING, "permission denied: path=" + file, file, "", -1).causedBy(cause);
        }
        final CaptureException exception = new CaptureException(Kind.IO,
            "cannot read file: file=" + file + " byte=" + position + " cause=" + oneLine(cause), file, "", position);
        exception.initCause(cause);
        return exception;
    }

    CaptureException causedBy(final Throwable cause)
    {
        initCause(cause);
        return this;
    }

    static String oneLine(final Throwable cause)
    {
        final String message = cause.getMessage();
        return printable(message == null ? cause.getClass().getSimpleName() : message);
    }

    /** Names come from outside, and go to terminals and into single lines. */
    static String printable(final String text)
    {
        return text.replaceAll("\\p{Cntrl}", "?");
    }
}
