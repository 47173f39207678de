package io.ringtape.bus;

/** Makes the state of a bus that runs, without the bus. */
final class StressControl
{
    private StressControl()
    {
    }

    static BusControl running()
    {
        final BusControl control = new BusControl((fault) ->
        {
        }, () -> 0L);
        if (!control.change(BusControl.NEW, BusControl.RUNNING))
        {
            throw new IllegalStateException("bus does not start: state=" + control.state());
        }
        return control;
    }
}
