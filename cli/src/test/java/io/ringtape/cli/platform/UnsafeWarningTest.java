package io.ringtape.cli.platform;

import static org.junit.jupiter.api.Assertions.assertFalse;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(10)
final class UnsafeWarningTest
{
    @Test
    void shouldFindNothingLeftToMarkTheSecondTime()
    {
        UnsafeWarning.markAsGiven();

        final boolean marked = UnsafeWarning.markAsGiven();

        assertFalse(marked);
    }
}
