package io.ringtape.cli;

import io.ringtape.cli.error.CommandException;
import io.ringtape.cli.error.ExitCode;
import io.ringtape.cli.output.OutputPlaces;
import io.ringtape.cli.tape.EventDump;
import io.ringtape.cli.tape.EventExport;
import io.ringtape.cli.value.EventRange;
import io.ringtape.journal.Tape;
import io.ringtape.journal.TapeRange;
import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/**
 * Writes the events of a tape for programs that know neither Chronicle nor a JVM.
 */
@CommandLine.Command(name = "export",
    description = "Write the events of a tape for other programs: raw records behind a header, or CSV.",
    footerHeading = "%nExample:%n", footer = {
        "  ringtape export --journal tape --format raw --out tape.raw",
        "",
        "A file is there when it is whole, and not before; docs/tape-format.md describes its bytes."})
final class ExportCommand extends Command
{
    /** Stands for standard output. */
    private static final String STANDARD_OUTPUT = "-";

    private final CommandRunner runner;

    @Mixin
    private TapeOptions options;

    @Option(names = "--format", required = true, paramLabel = "F", converter = FormatConverter.class,
        description = "raw, which needs --out, or csv as dump prints it.")
    private Format format;

    @Option(names = "--out", paramLabel = "FILE",
        description = "File to write; one that is there is replaced. CSV goes to standard output by default.")
    private Optional<Path> out;

    @Option(names = "--from-sequence", paramLabel = "N", converter = Counts.Sequence.class, defaultValue = "0",
        description = "First sequence, inclusive; the first on tape by default.")
    private long fromSequence;

    @Option(names = "--to-sequence", paramLabel = "N", converter = Counts.Sequence.class,
        defaultValue = "9223372036854775807", description = "Last sequence, inclusive; the last on tape by default.")
    private long toSequence;

    ExportCommand(final CommandRunner runner)
    {
        this.runner = runner;
    }

    @Override
    ExitCode run()
    {
        final EventRange wanted = new EventRange(fromSequence, toSequence, Optional.empty(), Optional.empty());
        final Optional<Path> file = out.filter((path) -> !path.toString().equals(STANDARD_OUTPUT));
        if (file.isEmpty() && (format == Format.RAW || options.json()))
        {
            throw new CommandException(ExitCode.USAGE, (options.json() ? "--json" : "--format raw") +
                " needs a file, --out FILE, see ringtape export --help");
        }
        new OutputPlaces().output("--out", file).require();
        final Tape tape = Tape.open(options.journal());
        final TapeRange range = wanted.on(tape);
        if (file.isEmpty())
        {
            runner.warn(EventDump.print(tape, range, Long.MAX_VALUE, EventDump.Format.CSV, runner.console().out()));
            return ExitCode.FINE;
        }
        final EventExport export = new EventExport(tape, range);
        return runner.work(options.json(), (progress) -> format == Format.RAW ?
            export.raw(file.get(), progress) : export.csv(file.get(), progress));
    }

    /** What the file holds. */
    private enum Format
    {
        RAW,
        CSV
    }

    /** Reads a format. */
    static final class FormatConverter implements ITypeConverter<Format>
    {
        /** Made by picocli. */
        FormatConverter()
        {
        }

        @Override
        public Format convert(final String text)
        {
            return switch (text)
            {
                case "raw" -> Format.RAW;
                case "csv" -> Format.CSV;
                default -> throw new TypeConversionException("must be raw or csv: " + text);
            };
        }
    }
}
