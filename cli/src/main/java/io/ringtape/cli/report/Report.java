package io.ringtape.cli.report;

import io.ringtape.cli.error.ExitCode;
import io.ringtape.cli.output.JsonOutput;
import io.ringtape.cli.output.TextOutput;

/**
 * The result of a command.
 * <p>
 * Thread safety: implementations are immutable.
 * Allocation: text only.
 */
public interface Report
{
    /**
     * Writes the fields into an object that is open, so that one report can stand inside another.
     *
     * @param json to write to; its object stays open.
     */
    void writeJson(JsonOutput json);

    /**
     * Writes the result for a person.
     *
     * @param text to write to.
     */
    void writeText(TextOutput text);

    /**
     * What the process returns.
     *
     * @return {@link ExitCode#FINE} unless the result itself is bad news.
     */
    ExitCode exitCode();

    /**
     * What a user must not miss, whatever becomes of standard output.
     *
     * @return one line for standard error; empty if there is nothing.
     */
    default String warning()
    {
        return "";
    }
}
