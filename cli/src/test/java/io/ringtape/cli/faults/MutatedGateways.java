package io.ringtape.cli.faults;

import io.ringtape.cli.capture.CaptureException;
import io.ringtape.event.EventBatch;
import io.ringtape.event.OrderBookEvent;
import io.ringtape.gateway.Gateway;
import io.ringtape.gateway.SafeModeStore;
import java.io.IOException;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;

/** Main classes of children that trade with one wrong part each. */
final class MutatedGateways
{
    // Short: an order that is not cancelled is waited for in vain.
    private static final long ANSWER_NS = TimeUnit.SECONDS.toNanos(1);

    private MutatedGateways()
    {
    }

    /** Lets orders leave as soon as they are published. */
    static final class Early
    {
        private Early()
        {
        }

        public static void main(final String[] arguments) throws IOException, CaptureException
        {
            GatewayChild.run(arguments, new GatewayParts(
                UnaryOperator.identity(), UnaryOperator.identity(), false, ANSWER_NS));
        }
    }

    /** Forgets the first order that is to be cancelled at the halt. */
    static final class Forgetting
    {
        private Forgetting()
        {
        }

        public static void main(final String[] arguments) throws IOException, CaptureException
        {
            GatewayChild.run(arguments, wrongGateway(ForgettingGateway::new));
        }
    }

    /** Sends the last order once more when it is to cancel what is open. */
    static final class Sending
    {
        private Sending()
        {
        }

        public static void main(final String[] arguments) throws IOException, CaptureException
        {
            GatewayChild.run(arguments, wrongGateway(SendingGateway::new));
        }
    }

    /** Keeps all but the first event. */
    static final class Losing
    {
        private Losing()
        {
        }

        public static void main(final String[] arguments) throws IOException, CaptureException
        {
            GatewayChild.run(arguments, wrongStore((store) -> new CountingStore(store, 0)));
        }
    }

    /** Keeps each event twice. */
    static final class Doubling
    {
        private Doubling()
        {
        }

        public static void main(final String[] arguments) throws IOException, CaptureException
        {
            GatewayChild.run(arguments, wrongStore((store) -> new CountingStore(store, 2)));
        }
    }

    /** Says that it has forced what it keeps, and has not but for the first time. */
    static final class Unforced
    {
        private Unforced()
        {
        }

        public static void main(final String[] arguments) throws IOException, CaptureException
        {
            GatewayChild.run(arguments, wrongStore(UnforcedStore::new));
        }
    }

    private static GatewayParts wrongGateway(final UnaryOperator<Gateway> gateway)
    {
        return new GatewayParts(gateway, UnaryOperator.identity(), true, ANSWER_NS);
    }

    private static GatewayParts wrongStore(final UnaryOperator<SafeModeStore> store)
    {
        return new GatewayParts(UnaryOperator.identity(), store, true, ANSWER_NS);
    }

    private static boolean isOwn(final OrderBookEvent cancel)
    {
        return LinkGateway.isOwn(cancel);
    }

    private static final class ForgettingGateway implements Gateway
    {
        private final Gateway gateway;
        private boolean hasForgotten;

        ForgettingGateway(final Gateway gateway)
        {
            this.gateway = gateway;
        }

        @Override
        public void send(final OrderBookEvent order, final OrderBookEvent detail)
        {
            gateway.send(order, detail);
        }

        @Override
        public void cancel(final OrderBookEvent cancel)
        {
            if (isOwn(cancel) && !hasForgotten)
            {
                hasForgotten = true;
                return;
            }
            gateway.cancel(cancel);
        }
    }

    private static final class SendingGateway implements Gateway
    {
        private final OrderBookEvent last = new EventBatch(1).append();
        private final Gateway gateway;

        SendingGateway(final Gateway gateway)
        {
            this.gateway = gateway;
        }

        @Override
        public void send(final OrderBookEvent order, final OrderBookEvent detail)
        {
            last.copyFrom(order);
            gateway.send(order, detail);
        }

        @Override
        public void cancel(final OrderBookEvent cancel)
        {
            gateway.cancel(cancel);
            if (isOwn(cancel))
            {
                gateway.send(last, last);
            }
        }
    }

    /** Keeps the first event so many times, and with 2 all others too. */
    private static final class CountingStore implements SafeModeStore
    {
        private final SafeModeStore store;
        private final int times;
        private boolean hasBegun;

        CountingStore(final SafeModeStore store, final int times)
        {
            this.store = store;
            this.times = times;
        }

        @Override
        public void begin(final int sourceId, final long baseSequence)
        {
            store.begin(sourceId, baseSequence);
        }

        @Override
        public void append(final OrderBookEvent event)
        {
            final int count = hasBegun ? Math.max(1, times) : times;
            hasBegun = true;
            for (int i = 0; i < count; i++)
            {
                store.append(event);
            }
        }

        @Override
        public void force()
        {
            store.force();
        }
    }

    private static final class UnforcedStore implements SafeModeStore
    {
        private final SafeModeStore store;
        private boolean hasForced;

        UnforcedStore(final SafeModeStore store)
        {
            this.store = store;
        }

        @Override
        public void begin(final int sourceId, final long baseSequence)
        {
            store.begin(sourceId, baseSequence);
        }

        @Override
        public void append(final OrderBookEvent event)
        {
            store.append(event);
        }

        @Override
        public void force()
        {
            if (!hasForced)
            {
                hasForced = true;
                store.force();
            }
        }
    }
}
