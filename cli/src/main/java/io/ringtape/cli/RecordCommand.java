package io.ringtape.cli;

import io.ringtape.cli.capture.InstrumentTerms;
import io.ringtape.cli.error.ExitCode;
import io.ringtape.cli.report.RecordReport;
import io.ringtape.cli.request.RecordRequest;
import io.ringtape.cli.request.RecordRequest.OnBadInput;
import io.ringtape.cli.request.TradingSetup;
import io.ringtape.cli.settings.InstrumentsFile;
import io.ringtape.cli.settings.LimitsCheck;
import io.ringtape.cli.settings.PositionsFile;
import io.ringtape.cli.settings.SettingsText;
import io.ringtape.journal.Durability;
import io.ringtape.journal.TapeConfig;
import io.ringtape.journal.TapeFailurePolicy;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import picocli.CommandLine;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/**
 * Puts captures on tape, through the bus and its handlers.
 */
@CommandLine.Command(name = "record",
    description = "Record captures onto a tape, through books, risk, strategy and recorder.",
    footerHeading = "%nExample:%n", footer = {
        "  ringtape record --journal tape AMZN_2012-06-21_34200000_57600000_message_5.zip",
        "",
        "SIGTERM and Ctrl-C end a recording in order: what was read is on tape, and the exit code is 0.",
        "What --limits, --params and --positions hold is on tape, at most 65,534 bytes each; replay needs no files.",
        "ringtape limits changes the limits while it runs; ringtape positions --out writes a file for --positions.",
        "A bad capture ends it with code 65, and the tape is as it was before.",
        "The key journalBytes counts the files that hold what was recorded, tapeBytes all files of the tape.",
        "A recording that went on while its tape could not be written ends with code 3: verify names what is missing."})
final class RecordCommand extends Command
{
    private final CommandRunner runner;

    @Option(names = "--json", description = "Print one JSON object on standard output.")
    private boolean json;

    @Option(names = "--journal", required = true, paramLabel = "DIR", converter = Counts.FileName.class,
        description = "Directory of the tape; made if it is not there, continued if it is.")
    private Path journal;

    @Option(names = "--format", paramLabel = "F", description = "Format of all files; detected by default.")
    private Optional<String> format;

    @Option(names = "--keep-partial",
        description = "When a capture turns out to be bad, keep what came before; else the run is taken back, " +
            "unless it has a gateway.")
    private boolean keepPartial;

    @Option(names = "--durability", paramLabel = "D", converter = DurabilityConverter.class,
        defaultValue = DurabilityConverter.PAGE_CACHE,
        description = "What survives the machine: page-cache (what the system wrote; default), batch (all), or an " +
            "interval such as 5ms (all but the last one plus a force).")
    private Durability durability;

    @Option(names = "--on-tape-failure", paramLabel = "P", converter = TapeFailureConverter.class,
        defaultValue = TapeFailureConverter.HALT,
        description = "When the tape cannot be written: halt (default), or go-on without it until it can be again.")
    private TapeFailurePolicy onTapeFailure;

    @Option(names = "--any-file-system", description = "Write to a network or FUSE file system too.")
    private boolean anyFileSystem;

    @Option(names = "--positions", paramLabel = "FILE", converter = Counts.FileName.class,
        description = "JSON file with the positions and the day's loss that the risk gate starts with, as ringtape " +
            "positions --out writes it, of no later day than the first event; without it starts flat.")
    private Optional<Path> positions;

    @Option(names = "--instruments", paramLabel = "FILE", converter = Counts.FileName.class,
        description = "JSON file with tick, lot and multiplier of the instruments, which captures do not have; " +
            "without it the check tick is off and every multiplier is 1.")
    private Optional<Path> instruments;

    @Mixin
    private StrategyOptions strategy;

    @Mixin
    private GatewayOptions gateway;

    @Parameters(arity = "1..*", paramLabel = "FILE", converter = Counts.FileName.class,
        description = "Captures, plain, .gz, .zst or .zip, in this order.")
    private List<Path> files;

    RecordCommand(final CommandRunner runner)
    {
        this.runner = runner;
    }

    @Override
    ExitCode run()
    {
        final TapeConfig config =
            TapeConfig.defaults().withDurability(durability).withAnyFileSystem(anyFileSystem)
                .withFailurePolicy(onTapeFailure);
        final Optional<SettingsText> positionsText = positions.map(SettingsText::read);
        final Set<String> held = positionsText.map(PositionsFile::parse)
            .map((opening) -> opening.positions().keySet()).orElse(Set.of());
        final Optional<InstrumentTerms> terms = instruments.map(SettingsText::read).map(InstrumentsFile::parse);
        final TradingSetup trading = strategy.recorded(positionsText);
        final RecordRequest request = new RecordRequest(journal, files, format,
            keepPartial ? OnBadInput.KEEP : OnBadInput.DISCARD, config, trading,
            gateway.setup(config), terms.orElse(InstrumentTerms.NONE));
        final Set<String> came = new TreeSet<>();
        final Set<String> said = new TreeSet<>();
        final ExitCode exitCode = runner.session(json, (sessions, context) ->
        {
            final RecordReport report = sessions.record(request, context.withWarningListener(said::add));
            report.run().books().instruments().forEach((instrument) -> came.add(instrument.symbol()));
            return report;
        });
        runner.warn(trading.limitsNotice(came, said));
        runner.warn(LimitsCheck.unmet("--positions", held, came));
        runner.warn(terms.map((given) -> InstrumentsFile.notice(given, came)).orElse(""));
        return exitCode;
    }
}
