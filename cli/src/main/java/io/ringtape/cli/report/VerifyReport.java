package io.ringtape.cli.report;

import io.ringtape.cli.error.ExitCode;
import io.ringtape.cli.output.Formats;
import io.ringtape.cli.output.JsonOutput;
import io.ringtape.cli.output.TextOutput;
import io.ringtape.journal.TapeReport;
import java.nio.file.Path;
import java.util.Locale;

/**
 * Whether a tape is whole.
 * <p>
 * Thread safety: immutable.
 * Allocation: on construction only.
 *
 * @param journal       directory of the tape.
 * @param status        the verdict.
 * @param events        that are whole.
 * @param firstSequence -1 without events.
 * @param lastSequence  -1 without events.
 * @param detail        where and what, one line.
 */
public record VerifyReport(
    Path journal, Status status, long events, long firstSequence, long lastSequence, String detail)
    implements Report
{
    /**
     * The verdicts.
     */
    public enum Status
    {
        /** Whole, or empty. */
        OK(ExitCode.FINE, "ok", "the tape is whole"),
        /** The end of a run that was killed. */
        TORN_TAIL(ExitCode.TORN_TAIL, "torn-tail", "the tape ends inside a block; what is before it is whole"),
        /** Bytes are not what was written. */
        DAMAGED(ExitCode.DAMAGED, "damaged", "bytes of the tape are not what was written"),
        /** Sequences are missing. */
        GAP(ExitCode.GAP, "gap", "sequences are missing"),
        /** No tape, or of another version. */
        UNREADABLE(ExitCode.UNREADABLE, "unreadable", "this is no tape that can be read");

        private final ExitCode exitCode;
        private final String text;
        private final String meaning;

        Status(final ExitCode exitCode, final String text, final String meaning)
        {
            this.exitCode = exitCode;
            this.text = text;
            this.meaning = meaning;
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

        /**
         * The verdict as scripts read it.
         *
         * @return for example {@code torn-tail}.
         */
        public String text()
        {
            return text;
        }
    }

    /**
     * The report of a verification.
     *
     * @param journal directory of the tape.
     * @param found   what the verification found.
     * @return the same for a user.
     */
    public static VerifyReport of(final Path journal, final TapeReport found)
    {
        final Status status = switch (found.status())
        {
            case OK -> Status.OK;
            case TORN_TAIL -> Status.TORN_TAIL;
            case DAMAGED -> Status.DAMAGED;
            case GAP -> Status.GAP;
            case UNREADABLE -> Status.UNREADABLE;
        };
        return new VerifyReport(
            journal, status, found.events(), found.firstSequence(), found.lastSequence(), found.detail());
    }

    @Override
    public void writeJson(final JsonOutput json)
    {
        json.text("status", status.text())
            .number("events", events)
            .number("firstSequence", firstSequence)
            .number("lastSequence", lastSequence)
            .text("detail", detail)
            .text("journal", journal.toString());
    }

    @Override
    public void writeText(final TextOutput text)
    {
        text.line(status.text().toUpperCase(Locale.ROOT) + ": " + status.meaning)
            .pair("journal", journal.toString())
            .pair("events", Formats.count(events))
            .pair("sequences", events == 0 ? Formats.NONE :
                Formats.count(firstSequence) + " to " + Formats.count(lastSequence))
            .pair("detail", detail)
            .end();
    }

    @Override
    public ExitCode exitCode()
    {
        return status.exitCode();
    }
}
