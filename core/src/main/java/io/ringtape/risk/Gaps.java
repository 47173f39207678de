package io.ringtape.risk;

import io.ringtape.event.Definitions;
import io.ringtape.event.SourceDefinition;
import java.nio.ByteBuffer;

/**
 * Which channels miss events, and whose books may be wrong for it: an instrument's, from a gap of a channel that an
 * event of it came from until that channel is whole again, or the book is made anew. A gap is one of all lines of a
 * channel; a source that nobody defined may be any. Hot path.
 * <p>
 * Thread safety: none; the order lane.
 * Allocation: none.
 */
final class Gaps
{
    private final SourceSet open = new SourceSet();
    private final RiskState state;
    private final Definitions definitions;
    private boolean isAnyOpen;

    Gaps(final RiskState state, final Definitions definitions)
    {
        this.state = state;
        this.definitions = definitions;
    }

    /** Notes where an event of an instrument came from. */
    void meet(final InstrumentRisk risk, final int sourceId)
    {
        if (!risk.sources.contains(sourceId))
        {
            meetFirst(risk, sourceId);
        }
    }

    void onGap(final int sourceId)
    {
        open.add(sourceId);
        isAnyOpen = true;
        for (final InstrumentRisk risk : state.instruments())
        {
            if (risk != null && mayBeIn(risk.sources, sourceId))
            {
                state.takeMark(risk);
                risk.hasGap = true;
            }
        }
    }

    void onRecovered(final int sourceId)
    {
        for (int id = open.next(0); id != SourceSet.NONE; id = open.next(id + 1))
        {
            if (isSameChannel(id, sourceId))
            {
                open.remove(id);
            }
        }
        isAnyOpen = open.next(0) != SourceSet.NONE;
        for (final InstrumentRisk risk : state.instruments())
        {
            if (risk != null && risk.hasGap)
            {
                risk.hasGap = hasOpenGap(risk);
            }
        }
    }

    /**
     * Whether a gap of a source is one of what is traded.
     *
     * @param sourceId that told of the gap.
     * @return true if an event of an instrument with limits came from its channel, or nobody defined it.
     */
    boolean isTraded(final int sourceId)
    {
        if (sourceId >= definitions.sourceCount())
        {
            return true;
        }
        for (final InstrumentRisk risk : state.instruments())
        {
            if (risk != null && risk.limits != null && mayBeIn(risk.sources, sourceId))
            {
                return true;
            }
        }
        return false;
    }

    void store(final ByteBuffer target)
    {
        open.store(target);
    }

    void load(final ByteBuffer source)
    {
        open.load(source);
        isAnyOpen = open.next(0) != SourceSet.NONE;
    }

    // Another line of a channel that is known brings no gap that was not there before.
    private void meetFirst(final InstrumentRisk risk, final int sourceId)
    {
        risk.hasGap |= isAnyOpen && !hasLineOf(risk, sourceId) && mayBeIn(open, sourceId);
        risk.sources.add(sourceId);
    }

    private boolean hasLineOf(final InstrumentRisk risk, final int sourceId)
    {
        for (int id = risk.sources.next(0); id != SourceSet.NONE; id = risk.sources.next(id + 1))
        {
            if (isSameChannel(id, sourceId))
            {
                return true;
            }
        }
        return false;
    }

    private boolean hasOpenGap(final InstrumentRisk risk)
    {
        for (int id = open.next(0); id != SourceSet.NONE; id = open.next(id + 1))
        {
            if (mayBeIn(risk.sources, id))
            {
                return true;
            }
        }
        return false;
    }

    /** Whether one of some sources may be of the channel of another one. */
    private boolean mayBeIn(final SourceSet sources, final int sourceId)
    {
        for (int id = sources.next(0); id != SourceSet.NONE; id = sources.next(id + 1))
        {
            if (mayBeOneChannel(id, sourceId))
            {
                return true;
            }
        }
        return false;
    }

    private boolean mayBeOneChannel(final int one, final int other)
    {
        return Math.max(one, other) >= definitions.sourceCount() || isSameChannel(one, other);
    }

    private boolean isSameChannel(final int one, final int other)
    {
        if (one == other || Math.max(one, other) >= definitions.sourceCount())
        {
            return one == other;
        }
        final SourceDefinition first = definitions.source(one);
        final SourceDefinition second = definitions.source(other);
        return first.name().equals(second.name()) && first.publisher() == second.publisher() &&
            first.channel() == second.channel();
    }
}
