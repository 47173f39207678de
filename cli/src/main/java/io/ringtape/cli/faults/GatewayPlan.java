package io.ringtape.cli.faults;

import io.ringtape.cli.request.GatewaySetup.WriteAhead;
import io.ringtape.journal.Durability;
import io.ringtape.journal.TapeStep;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * What becomes of a child that trades: what it waits for before an order leaves, what fails in it, and where it ends
 * itself without a word.
 *
 * @param seed  of what it trades.
 * @param ahead what an order waits for.
 * @param fault what fails.
 * @param at    at which event or order, from 1, or behind how many forces or reservations.
 * @param point where it ends itself.
 * @param nth   time that it comes there, from 1.
 * @param step  of a tape's writer, where the point is one.
 */
record GatewayPlan(long seed, WriteAhead ahead, Fault fault, long at, Point point, long nth, TapeStep step)
{
    private static final long OFTEN_NS = TimeUnit.MILLISECONDS.toNanos(1);

    /** What fails. */
    enum Fault
    {
        /** Nothing. */
        NONE,
        /** A handler of another lane throws. */
        HANDLER,
        /** A handler of another lane halts the bus. */
        HALT,
        /** The gateway itself throws, when an order has left. */
        GATEWAY,
        /** What is recorded throws, on the writer's thread, outside of the bus. */
        CAPTURE,
        /** Nothing: what is recorded comes to its end. */
        END,
        /** The recorder dies of a force. */
        FORCE,
        /** The device has no more space, as it says. */
        SPACE,
        /** The device is full in earnest: it is a small one. */
        DISK
    }

    /** Where a process ends itself. */
    enum Point
    {
        /** Nowhere. */
        NOWHERE,
        /** Ahead of a call of the side file, or behind it. */
        KEEPING,
        /** What an earlier run kept is this run's, and nothing of it is published. */
        CLAIMED,
        /** Ahead of one answer of it. */
        PUBLISHING,
        /** All of it is published. */
        PUBLISHED,
        /** At a step of the tape's writer. */
        STEP
    }

    /** A child that trades until it is killed. */
    static GatewayPlan of(final long seed, final WriteAhead ahead)
    {
        return new GatewayPlan(seed, ahead, Fault.NONE, 0, Point.NOWHERE, 0, TapeStep.LOCKED);
    }

    static GatewayPlan of(final List<String> arguments)
    {
        return new GatewayPlan(Long.parseLong(arguments.get(0)), WriteAhead.valueOf(arguments.get(1)),
            Fault.valueOf(arguments.get(2)), Long.parseLong(arguments.get(3)), Point.valueOf(arguments.get(4)),
            Long.parseLong(arguments.get(5)), TapeStep.valueOf(arguments.get(6)));
    }

    GatewayPlan failing(final Fault newFault, final long newAt)
    {
        return new GatewayPlan(seed, ahead, newFault, newAt, point, nth, step);
    }

    GatewayPlan endingAt(final Point newPoint, final long newNth)
    {
        return new GatewayPlan(seed, ahead, fault, at, newPoint, newNth, step);
    }

    GatewayPlan endingAt(final TapeStep newStep, final long newNth)
    {
        return new GatewayPlan(seed, ahead, fault, at, Point.STEP, newNth, newStep);
    }

    Durability durability()
    {
        return fault == Fault.FORCE || ahead == WriteAhead.DURABLE ? Durability.everyNs(OFTEN_NS) :
            Durability.PAGE_CACHE;
    }

    /** Whether the process is to end itself. */
    boolean isEnding()
    {
        return point != Point.NOWHERE;
    }

    List<String> arguments()
    {
        return List.of(Long.toString(seed), ahead.name(), fault.name(), Long.toString(at), point.name(),
            Long.toString(nth), step.name());
    }
}
