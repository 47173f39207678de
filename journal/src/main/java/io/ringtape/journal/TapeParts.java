package io.ringtape.journal;

import java.nio.file.Path;
import org.agrona.concurrent.EpochNanoClock;

/**
 * What a writer is made with.
 *
 * @param config  how to write.
 * @param clock   for the times of runs and blocks.
 * @param space   says what is left of the device.
 * @param device  writes to the device and waits for it.
 * @param bootId  of the machine.
 * @param machine says what the guard asks for.
 * @param outages is told when the recorder goes on without the tape.
 */
record TapeParts(
    TapeConfig config,
    EpochNanoClock clock,
    SpaceSource space,
    Device device,
    BootId bootId,
    Machine machine,
    TapeOutageListener outages)
{
    static TapeParts of(final Path directory, final TapeConfig config, final EpochNanoClock clock)
    {
        return new TapeParts(config, clock, new UsableSpace(directory), Device.REAL, BootId.current(),
            Machine.REAL, TapeOutageListener.NONE);
    }

    TapeParts with(final TapeConfig newConfig)
    {
        return new TapeParts(newConfig, clock, space, device, bootId, machine, outages);
    }

    TapeParts with(final SpaceSource newSpace)
    {
        return new TapeParts(config, clock, newSpace, device, bootId, machine, outages);
    }

    TapeParts with(final Device newDevice)
    {
        return new TapeParts(config, clock, space, newDevice, bootId, machine, outages);
    }

    TapeParts with(final BootId newBootId)
    {
        return new TapeParts(config, clock, space, device, newBootId, machine, outages);
    }

    TapeParts with(final Machine newMachine)
    {
        return new TapeParts(config, clock, space, device, bootId, newMachine, outages);
    }

    TapeParts with(final TapeOutageListener newOutages)
    {
        return new TapeParts(config, clock, space, device, bootId, machine, newOutages);
    }
}
