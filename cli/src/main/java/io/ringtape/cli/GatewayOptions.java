package io.ringtape.cli;

import io.ringtape.cli.error.CommandException;
import io.ringtape.cli.error.ExitCode;
import io.ringtape.cli.request.GatewaySetup;
import io.ringtape.cli.request.GatewaySetup.Venue;
import io.ringtape.cli.request.GatewaySetup.WriteAhead;
import io.ringtape.cli.request.RecordRequest;
import io.ringtape.journal.Durability;
import io.ringtape.journal.TapeConfig;
import io.ringtape.journal.TapeFailurePolicy;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import picocli.CommandLine.Option;

/**
 * Which venue answers the orders of a recording, and when they may leave.
 */
final class GatewayOptions
{
    @Option(names = "--gateway", paramLabel = "G", defaultValue = "none",
        description = "What answers own orders: none (they end on tape; default), loopback (accepts all, fills " +
            "none), or simulated (the venue of backtests: paper trading).")
    private String gateway;

    @Option(names = "--write-ahead", paramLabel = "W", defaultValue = "off",
        description = "What an order waits for before it leaves: off (nothing; default), journaled (it survives the " +
            "process) or durable (it survives the machine).")
    private String writeAhead;

    /** Made by picocli. */
    GatewayOptions()
    {
    }

    /**
     * What was asked for, if it fits to the tape.
     *
     * @param config of the tape.
     * @return the setup.
     * @throws CommandException if it does not.
     */
    GatewaySetup setup(final TapeConfig config)
    {
        final GatewaySetup setup = new GatewaySetup(
            find("--gateway", gateway, Venue.values(), Venue::text),
            find("--write-ahead", writeAhead, WriteAhead.values(), WriteAhead::text));
        if (!setup.isPresent() && setup.writeAhead() != WriteAhead.OFF)
        {
            throw usage("--write-ahead needs a gateway: --write-ahead=" + writeAhead + " --gateway=" + gateway);
        }
        if (setup.isPresent() && config.failurePolicy() != TapeFailurePolicy.HALT)
        {
            throw usage("--gateway needs --on-tape-failure=halt, no order is to leave without a tape: --gateway=" +
                gateway);
        }
        if (setup.writeAhead() == WriteAhead.DURABLE && config.durability().equals(Durability.PAGE_CACHE))
        {
            throw usage("--write-ahead=durable needs --durability, batch or an interval: --durability=page-cache");
        }
        if (setup.writeAhead() == WriteAhead.DURABLE &&
            config.durability().intervalNs() >= RecordRequest.STALL_LIMIT_NS)
        {
            throw usage("--write-ahead=durable needs a --durability below 10 s, after which a lane that waits counts " +
                "as stalled: --durability=" + TimeUnit.NANOSECONDS.toMillis(config.durability().intervalNs()) + "ms");
        }
        return setup;
    }

    private static <T> T find(
        final String option, final String text, final T[] values, final Function<T, String> name)
    {
        return Arrays.stream(values).filter((value) -> name.apply(value).equals(text)).findFirst().orElseThrow(() ->
            usage(option + " must be one of " + String.join(", ", Arrays.stream(values).map(name).toList()) + ": " +
                option + "=" + text));
    }

    private static CommandException usage(final String message)
    {
        return new CommandException(ExitCode.USAGE, message);
    }
}
