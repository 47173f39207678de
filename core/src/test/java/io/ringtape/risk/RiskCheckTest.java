package io.ringtape.risk;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(10)
final class RiskCheckTest
{
    @Test
    void shouldKeepItsNumbersAndNames()
    {
        final StringBuilder all = new StringBuilder();
        for (final RiskCheck check : RiskCheck.values())
        {
            all.append(check.code()).append('=').append(check.text()).append(' ');
        }

        assertEquals("1=no-limits 2=side 3=price 4=quantity 5=max-order-quantity 6=max-notional 7=no-reference " +
            "8=price-collar 9=max-position 10=message-rate 11=tick 12=lot 13=duplicate-id 14=trading-status " +
            "15=suspect-book 16=daily-loss 17=killed 18=account-notional 19=account-message-rate 20=order-type " +
            "21=no-account-limits 22=account-daily-loss 23=account-position " +
            "24=stale-book 100=venue 101=gateway ", all.toString());
    }

    @Test
    void shouldFindACheckByItsNumber()
    {
        for (final RiskCheck check : RiskCheck.values())
        {
            assertEquals(check, RiskCheck.ofCode(check.code()));
            assertEquals(check.text(), RiskCheck.text(check.code()));
        }
    }

    @Test
    void shouldKnowItsNumbersAndNoOthers()
    {
        assertTrue(RiskCheck.isKnown(1));
        assertTrue(RiskCheck.isKnown(RiskCheck.LIMIT - 1));
        assertFalse(RiskCheck.isKnown(0));
        assertFalse(RiskCheck.isKnown(99));
        assertFalse(RiskCheck.isKnown(RiskCheck.LIMIT));
        assertFalse(RiskCheck.isKnown(-1));
    }

    @Test
    void shouldNameANumberThatIsNoCheck()
    {
        final IllegalArgumentException refusal =
            assertThrows(IllegalArgumentException.class, () -> RiskCheck.ofCode(99));

        assertEquals("unknown risk check: code=99", refusal.getMessage());
        assertEquals("unknown(0)", RiskCheck.text(0));
        assertEquals("unknown(4294967301)", RiskCheck.text(4_294_967_301L));
    }
}
