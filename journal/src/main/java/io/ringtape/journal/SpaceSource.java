package io.ringtape.journal;

/**
 * Says how much of the device a writer may still use.
 */
@FunctionalInterface
interface SpaceSource
{
    /**
     * Space that is left.
     *
     * @return bytes.
     */
    long usableBytes();

    /**
     * Which device is meant.
     *
     * @return for a message, with a blank behind it, or empty.
     */
    default String where()
    {
        return "";
    }
}
