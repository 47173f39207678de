package io.ringtape.bus;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * The order in which the writer polls its inputs and inboxes: by stage, and within one as they were declared.
 */
final class InputOrder
{
    private final EventBusBuilder builder;
    private final Map<String, Inbox> inboxes;

    InputOrder(final EventBusBuilder builder, final Map<String, Inbox> inboxes)
    {
        this.builder = builder;
        this.inboxes = inboxes;
    }

    List<WriterDuty.Named> inputs(final WriterTimers timers, final WriterCore core)
    {
        final List<WriterDuty.Named> ordered = new ArrayList<>();
        for (final InputStage stage : InputStage.values())
        {
            if (stage == InputStage.FEED && builder.timers().isOn())
            {
                ordered.add(new WriterDuty.Named("timers",
                    (polling) -> Math.max(0, polling.publishTimers(Long.MIN_VALUE))));
            }
            for (final Inbox inbox : inboxesOf(stage))
            {
                ordered.add(new WriterDuty.Named(inbox.name(), (polling) -> inbox.drain()));
            }
            for (final EventBusBuilder.Input input : builder.inputs())
            {
                if (input.stage() == stage)
                {
                    ordered.add(new WriterDuty.Named(input.name(), input.input()));
                }
            }
        }
        if (builder.timers().hasHeartbeat())
        {
            ordered.add(new WriterDuty.Named("heartbeat", (polling) -> timers.pollHeartbeat(core)));
        }
        return ordered;
    }

    List<Inbox> inboxes()
    {
        final List<Inbox> ordered = new ArrayList<>();
        for (final InputStage stage : InputStage.values())
        {
            ordered.addAll(inboxesOf(stage));
        }
        return ordered;
    }

    private List<Inbox> inboxesOf(final InputStage stage)
    {
        final List<Inbox> found = new ArrayList<>();
        for (final EventBusBuilder.InboxSpec spec : builder.inboxes())
        {
            if (spec.stage() == stage)
            {
                found.add(inboxes.get(spec.name()));
            }
        }
        return found;
    }
}
