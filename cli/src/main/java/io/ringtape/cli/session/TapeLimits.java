package io.ringtape.cli.session;

import io.ringtape.cli.settings.LimitsFile;
import io.ringtape.cli.settings.SettingsText;
import io.ringtape.event.Definitions;
import io.ringtape.event.SettingsDefinition;
import io.ringtape.risk.LimitSet;
import io.ringtape.risk.RiskGate;
import java.util.HashSet;
import java.util.Set;

/**
 * Gives a risk gate the limits that stand on tape to be put in force by a control event: all that stand ahead of it. A
 * version that is known already stays what it is, so that limits which are given for a replay win.
 * <p>
 * Thread safety: none; the order lane.
 * Allocation: for each text.
 */
final class TapeLimits
{
    private final Set<Long> known = new HashSet<>();
    private final Definitions definitions;
    private final RiskGate gate;
    private int next;

    /**
     * Gives what stands there so far.
     *
     * @param definitions of the run.
     * @param gate        with the limits from the start.
     */
    TapeLimits(final Definitions definitions, final RiskGate gate)
    {
        this.definitions = definitions;
        this.gate = gate;
        known.add(gate.limitsVersion());
        learn();
    }

    /** Gives what has come since; to be called ahead of each control event. */
    void learn()
    {
        while (next < definitions.settingsCount())
        {
            final SettingsDefinition settings = definitions.settings(next++);
            if (settings.kind() == SettingsDefinition.Kind.LIMITS_CHANGE)
            {
                final LimitSet limits = LimitsFile.parse(SettingsText.of(settings));
                if (known.add(limits.version()))
                {
                    gate.add(limits);
                }
            }
        }
    }
}
