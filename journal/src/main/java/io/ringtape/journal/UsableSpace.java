package io.ringtape.journal;

import java.nio.file.Path;

/**
 * The space of the device that a directory lies on.
 *
 * @param directory on the device.
 */
record UsableSpace(Path directory) implements SpaceSource
{
    @Override
    public long usableBytes()
    {
        return directory.toFile().getUsableSpace();
    }

    @Override
    public String where()
    {
        return "directory=" + directory + " ";
    }
}
