package io.ringtape.cli.faults;

import io.ringtape.cli.error.ExitCode;
import io.ringtape.event.EventType;
import io.ringtape.journal.TapeReport;
import io.ringtape.journal.TapeStatus;
import io.ringtape.journal.TapeVerifier;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/**
 * The command itself, that records and trades with one of its own venues on a small device until that is full, and then
 * the command again: the tape alone must tell how each order ended.
 */
final class RecordedHalt
{
    private static final int MIB = 1 << 20;
    /** What the command wants free, and some more; it is full when the first stretch of a file is. */
    private static final int DISK_BYTES = 108 * MIB;
    private static final int MORE_DISK_MIB = 20;
    /** More than fit in a stretch. */
    private static final int ROWS = 280_000;
    private static final int FEW_ROWS = 200;
    private static final List<String> VENUES = List.of("loopback", "simulated");
    private static final String NAMES = "_2012-06-21_34200000_57600000_";
    private static final int START_S = 34_200;
    private static final int ROWS_A_SECOND = 100;
    private static final int BID = 1_000_000;
    private static final int ASK = 1_000_100;
    private static final int MAX_STEP = 200;

    private final SmallDisk disk;

    RecordedHalt(final SmallDisk disk)
    {
        this.disk = disk;
    }

    /**
     * Halts and goes on once.
     *
     * @throws FaultFailure if an order's end is not on tape, or twice.
     */
    void round(final SplittableRandom random, final Path scratch, final Path tape)
        throws IOException, InterruptedException
    {
        final Path round = tape.getParent();
        final String venue = TapeFiles.any(VENUES, random);
        final String ahead = random.nextInt(4) == 0 ? "journaled" : "off";
        final String words = "gateway=" + venue + " writeAhead=" + ahead;
        final List<String> command =
            disk.before("size=" + (DISK_BYTES + random.nextInt(MORE_DISK_MIB) * MIB), round);
        command.addAll(Children.ringtape("record", "--journal", SmallDisk.tape(round).toString(), "--gateway", venue,
            "--write-ahead", ahead, "--json", capture(scratch, "FULL", ROWS).toString()));
        final Children.Ended halted = Children.run(command, round);
        FaultFailure.require(halted.code() == ExitCode.IO_ERROR.code(), "did not halt: " + words + " " + halted);

        final Children.Ended next = Children.run(Children.ringtape(
            "record", "--journal", tape.toString(), "--json", capture(scratch, "NEXT", FEW_ROWS).toString()), round);
        FaultFailure.require(next.code() == ExitCode.FINE.code(), "did not go on: " + words + " " + next);
        final TapeReport report = TapeVerifier.verify(tape);
        FaultFailure.require(report.status() == TapeStatus.OK, "tape is not whole: " + words + " " + report);
        requireEnded(OrdersOnTape.of(tape).answers(), words + " " + halted.err());
    }

    private static void requireEnded(final List<Answer> answers, final String words)
    {
        final Map<Long, Long> open = new HashMap<>();
        int accepted = 0;
        for (final Answer answer : answers)
        {
            final long before = open.getOrDefault(answer.id(), 0L);
            final boolean isAccepted = answer.type() == EventType.OWN_ACCEPTED;
            FaultFailure.require(answer.type() == EventType.OWN_REJECTED ||
                (isAccepted ? !open.containsKey(answer.id()) : before >= answer.quantity()),
                "an answer is on tape that cannot be, or twice: " + words + " answer=" + answer + " open=" + before);
            accepted += isAccepted ? 1 : 0;
            open.put(answer.id(), isAccepted ? answer.quantity() : before - answer.quantity());
        }
        open.values().removeIf((quantity) -> quantity <= 0);
        FaultFailure.require(accepted > 0 && open.isEmpty(), "an order's end is not on tape: " + words + " orders=" +
            accepted + " open=" + open.keySet());
    }

    /** A capture of one price a side, whose quantities go up and down; made once in a scratch directory. */
    private static Path capture(final Path scratch, final String symbol, final int rows) throws IOException
    {
        final Path messages = scratch.resolve(symbol + NAMES + "message_1.csv");
        if (Files.exists(messages))
        {
            return messages;
        }
        final SplittableRandom random = new SplittableRandom(rows);
        final int[] sizes = {MAX_STEP, MAX_STEP};
        try (PrintStream out = open(messages); PrintStream books = open(scratch.resolve(
            symbol + NAMES + "orderbook_1.csv")))
        {
            for (int i = 0; i < rows; i++)
            {
                final int side = random.nextInt(2);
                final boolean isAdding = i < 2 || sizes[side] <= MAX_STEP / 4 || random.nextBoolean();
                final int type = isAdding ? 1 : random.nextBoolean() ? 2 : 4;
                final int size = 1 + random.nextInt(isAdding ? MAX_STEP : sizes[side] - 1);
                sizes[side] += isAdding ? size : -size;
                // A fraction has as many digits as it likes.
                out.print(START_S + i / ROWS_A_SECOND + "." + (ROWS_A_SECOND + i % ROWS_A_SECOND) + "," + type +
                    "," + (1 + i) + "," + size + "," + (side == 0 ? BID : ASK) + "," + (side == 0 ? 1 : -1) + "\n");
                books.print(ASK + "," + sizes[1] + "," + BID + "," + sizes[0] + "\n");
            }
        }
        return messages;
    }

    private static PrintStream open(final Path file) throws IOException
    {
        return new PrintStream(
            new BufferedOutputStream(Files.newOutputStream(file)), false, StandardCharsets.US_ASCII);
    }
}
