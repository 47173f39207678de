package io.ringtape.cli.report;

import io.ringtape.cli.error.ExitCode;
import io.ringtape.cli.output.Formats;
import io.ringtape.cli.output.JsonOutput;
import io.ringtape.cli.output.TextOutput;
import java.nio.file.Path;

/**
 * What {@code demo} did; its text is the five closing lines, behind one that says so where a signal stopped it.
 * <p>
 * Thread safety: immutable.
 * Allocation: on construction only.
 *
 * @param record what was recorded.
 * @param replay what came back.
 * @param verify whether the tape is whole.
 * @param kept   whether the tape is still there.
 */
public record DemoReport(RecordReport record, ReplayReport replay, VerifyReport verify, boolean kept)
    implements Report
{
    @Override
    public void writeJson(final JsonOutput json)
    {
        json.startObject("record");
        record.writeJson(json);
        json.endObject().startObject("replay");
        replay.writeJson(json);
        json.endObject().startObject("verify");
        verify.writeJson(json);
        json.endObject().flag("kept", kept);
    }

    @Override
    public void writeText(final TextOutput text)
    {
        if (record.stopped())
        {
            text.line(record.headline());
        }
        text.pair("recorded", rate(record.run()) + ", " + Formats.bytes(record.run().cost().journalBytes()) +
                " of tape")
            .pair("replayed", rate(replay.run()))
            .pair("matches", matches())
            .pair("verify", verify.status().text() + ", " + Formats.count(verify.events(), "event") + ", sequences " +
                Formats.count(verify.firstSequence()) + " to " + Formats.count(verify.lastSequence()))
            .pair("next", kept ? "ringtape book --journal " + quoted(record.journal()) + " --depth 5" :
                "ringtape demo --journal DIR, which keeps the tape, then ringtape book --journal DIR --depth 5")
            .end();
    }

    @Override
    public ExitCode exitCode()
    {
        return verify.exitCode() == ExitCode.FINE ? replay.exitCode() : verify.exitCode();
    }

    @Override
    public String warning()
    {
        // A replay that matches would only say the same again.
        return record.warning().isEmpty() ? replay.warning() : record.warning();
    }

    private String matches()
    {
        return replay.firstDifference()
            .map((difference) -> "false, first at " + difference)
            .orElse(replay.matches() + ", " + Formats.count(replay.run().counts().orders(), "order") + " and " +
                Formats.count(replay.run().counts().rejects(), "reject") + ", output hash " +
                Formats.hash(replay.run().hashes().outputs()));
    }

    private static String rate(final RunSummary run)
    {
        return Formats.count(run.events(), "event") + " in " + run.rate();
    }

    private static String quoted(final Path path)
    {
        final String text = path.toString();
        return text.matches("[A-Za-z0-9_./+:@%-]+") ? text : "'" + text.replace("'", "'\\''") + "'";
    }
}
