package io.ringtape.cli.settings;

import io.ringtape.event.Definitions;
import io.ringtape.event.SettingsDefinition;
import io.ringtape.event.SettingsDefinition.Kind;
import io.ringtape.risk.LimitSet;
import io.ringtape.risk.OpeningPositions;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * The settings that a run has on tape: what it was recorded with, where no file is given instead.
 * <p>
 * Thread safety: stateless.
 * Allocation: for each text.
 */
public final class RunSettings
{
    private RunSettings()
    {
    }

    /**
     * The limits that were in force from the start of a run.
     *
     * @param definitions of the run.
     * @return empty for the defaults of each instrument.
     * @throws io.ringtape.cli.error.CommandException if they make no sense.
     */
    public static Optional<LimitSet> limits(final Definitions definitions)
    {
        return first(all(definitions), Kind.LIMITS).map(LimitsFile::parse);
    }

    /**
     * The parameters of the strategy of a run.
     *
     * @param definitions of the run.
     * @return {@link ParameterFile#NONE} if it had none.
     * @throws io.ringtape.cli.error.CommandException if they make no sense.
     */
    public static ParameterFile parameters(final Definitions definitions)
    {
        return first(all(definitions), Kind.PARAMETERS).map(ParameterFile::parse).orElse(ParameterFile.NONE);
    }

    /**
     * The positions that the gate of a run started with.
     *
     * @param definitions of the run.
     * @return {@link OpeningPositions#NONE} if it had none.
     * @throws io.ringtape.cli.error.CommandException if they make no sense.
     */
    public static OpeningPositions positions(final Definitions definitions)
    {
        return positions(all(definitions));
    }

    /**
     * The same, of settings that are to stand on a tape.
     *
     * @param settings of a run, in the order of their ids.
     * @return {@link OpeningPositions#NONE} if it has none.
     * @throws io.ringtape.cli.error.CommandException if they make no sense.
     */
    public static OpeningPositions positions(final List<SettingsDefinition> settings)
    {
        return first(settings, Kind.POSITIONS).map(PositionsFile::parse).orElse(OpeningPositions.NONE);
    }

    /**
     * The version of the limits that came last.
     *
     * @param settings of a run, in the order of their ids.
     * @return 0 if there are none but defaults.
     */
    public static long limitsVersion(final List<SettingsDefinition> settings)
    {
        return settings.stream().mapToLong(SettingsDefinition::version).max().orElse(0);
    }

    private static List<SettingsDefinition> all(final Definitions definitions)
    {
        return IntStream.range(0, definitions.settingsCount()).mapToObj(definitions::settings).toList();
    }

    private static Optional<SettingsText> first(final List<SettingsDefinition> settings, final Kind kind)
    {
        return settings.stream().filter((one) -> one.kind() == kind).findFirst().map(SettingsText::of);
    }
}
