package io.ringtape.cli.faults;

import io.ringtape.gateway.Gateway;
import io.ringtape.gateway.SafeModeStore;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;

/**
 * What a child that trades is made of, so that a test can put a wrong part in and see that it is found.
 *
 * @param gateway   stands in front of the gateway.
 * @param store     stands in front of the side file.
 * @param isWaiting whether the gateway's lane runs after the frontier that was asked for.
 * @param answerNs  how long safe mode waits for answers.
 */
record GatewayParts(
    UnaryOperator<Gateway> gateway, UnaryOperator<SafeModeStore> store, boolean isWaiting, long answerNs)
{
    /** The real ones; the venue is another process, which may have to wait for a processor. */
    static final GatewayParts REAL = new GatewayParts(
        UnaryOperator.identity(), UnaryOperator.identity(), true, TimeUnit.SECONDS.toNanos(10));
}
