package io.ringtape.bench;

import java.time.Instant;
import java.time.InstantSource;

/**
 * The time of day of the system, which dates a result.
 */
final class WallClock implements InstantSource
{
    @Override
    public Instant instant()
    {
        return Instant.now();
    }
}
