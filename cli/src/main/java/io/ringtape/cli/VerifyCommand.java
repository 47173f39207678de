package io.ringtape.cli;

import io.ringtape.cli.error.CommandException;
import io.ringtape.cli.error.ExitCode;
import io.ringtape.cli.tape.TapeCheck;
import java.nio.file.Files;
import java.nio.file.Path;
import picocli.CommandLine;
import picocli.CommandLine.Mixin;

/**
 * Says whether a tape is whole.
 */
@CommandLine.Command(name = "verify",
    description = "Read a whole tape and say whether it is whole: every checksum, every sequence, every link.",
    footerHeading = "%nExample:%n", footer = "  ringtape verify --journal tape")
final class VerifyCommand extends Command
{
    private final CommandRunner runner;

    @Mixin
    private TapeOptions options;

    VerifyCommand(final CommandRunner runner)
    {
        this.runner = runner;
    }

    @Override
    ExitCode run()
    {
        final Path journal = options.journal();
        if (!Files.exists(journal))
        {
            throw new CommandException(ExitCode.INPUT_MISSING, "tape is missing: directory=" + journal);
        }
        return runner.work(options.json(), (progress) -> TapeCheck.run(journal, progress));
    }
}
