package io.ringtape.journal;

import io.ringtape.event.SettingsDefinition;
import io.ringtape.journal.TapeException.Kind;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;

/**
 * Hands other limits to the recording of a tape, and its answer back: two files beside the tape, each replaced as a
 * whole, and a number in the {@link ControlFile} that the recording's writer looks at.
 * <pre>
 *  command    writes limits, raises the number               reads limits-answer
 *  recording                        sees it, reads limits, writes limits-answer
 * </pre>
 * Both files start with a line {@code change=N}: an answer to another change is none, and of two changes at once the
 * recording may see the second one only.
 * <p>
 * Thread safety: any process hands over; the writer's thread of one recording looks at the number, and one thread
 * beside it reads and answers.
 * Allocation: {@link #number()} none.
 */
public final class LimitsExchange implements AutoCloseable
{
    static final String REQUEST = "limits";
    static final String ANSWER = "limits-answer";

    private static final String NUMBER = "change=";
    private static final String TAKEN = "taken";
    private static final String ENDED = "ended";
    /** A number and its line, beside the longest text that goes onto a tape. */
    private static final int MAX_BYTES = SettingsDefinition.MAX_TEXT_BYTES + 64;

    private static final int MAX_REFUSAL_LENGTH = 1_000;

    private final Path directory;
    private final ControlFile control;
    private final boolean isOwner;

    private LimitsExchange(final Path directory, final ControlFile control, final boolean isOwner)
    {
        this.directory = directory;
        this.control = control;
        this.isOwner = isOwner;
    }

    /**
     * What was handed over.
     *
     * @param number of the change, from 1.
     * @param text   of the limits, as the user's file has it.
     */
    public record Request(long number, String text)
    {
    }

    /**
     * Opens the exchange of a tape.
     *
     * @param directory of the tape.
     * @return to be closed.
     * @throws TapeException if the control file cannot be made or is no such file.
     */
    public static LimitsExchange open(final Path directory)
    {
        return new LimitsExchange(directory, ControlFile.open(directory), true);
    }

    /**
     * The exchange of a tape whose control file is open already.
     *
     * @param directory of the tape.
     * @param control   of the same tape; closed by who opened it, behind the last call here.
     * @return needs no close.
     */
    public static LimitsExchange over(final Path directory, final ControlFile control)
    {
        return new LimitsExchange(directory, control, false);
    }

    /**
     * The number of the last change that was handed over, before a recording opens the tape: a higher one that it finds
     * then is its own.
     *
     * @param directory of the tape, which need not be there.
     * @return 0 before the first.
     * @throws TapeException if it cannot be read.
     */
    public static long lastNumber(final Path directory)
    {
        return LimitsNumber.read(directory);
    }

    /**
     * Hands limits over.
     *
     * @param text of the limits; what a recording does with it is for the recording to say.
     * @return number of the change.
     * @throws TapeException if it cannot be written.
     */
    public long hand(final String text)
    {
        return control.announceLimits((number) -> write(REQUEST, number, text));
    }

    /**
     * What the recording answered.
     *
     * @param number of the change.
     * @return empty if it has not; an empty text if the limits are in force; else why not, one line.
     * @throws TapeException if the answer cannot be read, is of a change that came later, or the recording has ended
     *                       and did not take the change.
     */
    public Optional<String> answer(final long number)
    {
        final Optional<Request> found = read(ANSWER);
        if (found.isEmpty() || found.get().number() < number)
        {
            return Optional.empty();
        }
        if (found.get().number() > number)
        {
            throw new TapeException(Kind.IN_USE, "another change of limits came in between: directory=" + directory +
                " change=" + number + " next=" + found.get().number());
        }
        final String text = found.get().text();
        if (text.equals(ENDED))
        {
            throw new TapeException(Kind.MISSING, "recording has ended before it took the limits: directory=" +
                directory + " change=" + number);
        }
        return Optional.of(text.equals(TAKEN) ? "" : text);
    }

    /**
     * Whether a change has its answer, or one that came later has.
     *
     * @param number of the change.
     * @return false while who handed it over waits.
     * @throws TapeException if the answer cannot be read.
     */
    public boolean isAnswered(final long number)
    {
        return read(ANSWER).map((found) -> found.number() >= number).orElse(false);
    }

    /**
     * The number of the last change that was handed over. Hot path.
     *
     * @return 0 before the first.
     */
    public long number()
    {
        return control.limitsNumber();
    }

    /**
     * What was handed over last.
     *
     * @return empty if nothing of sense is there.
     * @throws TapeException if it cannot be read.
     */
    public Optional<Request> request()
    {
        return read(REQUEST);
    }

    /**
     * Answers a change.
     *
     * @param number  of the change.
     * @param refusal why the limits are not in force, one line, of which 1,000 characters are handed back;
     *                empty if they are.
     * @throws TapeException if it cannot be written.
     */
    public void answer(final long number, final String refusal)
    {
        write(ANSWER, number, refusal.isEmpty() ? TAKEN :
            refusal.substring(0, Math.min(MAX_REFUSAL_LENGTH, refusal.length())));
    }

    /**
     * Answers a change that the recording did not take before it ended.
     *
     * @param number of the change.
     * @throws TapeException if it cannot be written.
     */
    public void answerEnd(final long number)
    {
        write(ANSWER, number, ENDED);
    }

    private void write(final String name, final long number, final String text)
    {
        final Path file = directory.resolve(name);
        try
        {
            TapeFiles.replace(file, (made, channel) ->
                TapeFiles.writeAll(channel, StandardCharsets.UTF_8.encode(NUMBER + number + "\n" + text)));
        }
        catch (final IOException e)
        {
            throw Tape.failed("cannot write", file, e);
        }
    }

    private Optional<Request> read(final String name)
    {
        final Path file = directory.resolve(name);
        if (!Files.exists(file))
        {
            return Optional.empty();
        }
        try (FileChannel channel = TapeFiles.open(file, StandardOpenOption.READ))
        {
            final ByteBuffer bytes = ByteBuffer.allocate(MAX_BYTES + 1);
            int got = channel.read(bytes);
            while (got > 0)
            {
                got = channel.read(bytes);
            }
            return bytes.hasRemaining() ? parse(bytes.flip()) : Optional.empty();
        }
        catch (final IOException e)
        {
            throw Tape.failed("cannot read", file, e);
        }
    }

    /** Whatever somebody else put there is no change. */
    static Optional<Request> parse(final ByteBuffer bytes)
    {
        final byte[] all = new byte[bytes.remaining()];
        bytes.get(all);
        try
        {
            final String[] parts = SettingsDefinition.textOf(all).split("\n", 2);
            return parts.length == 2 && parts[0].matches(NUMBER + "[1-9]\\d{0,17}") ?
                Optional.of(new Request(Long.parseLong(parts[0].substring(NUMBER.length())), parts[1])) :
                Optional.empty();
        }
        catch (final IllegalArgumentException e)
        {
            return Optional.empty();
        }
    }

    @Override
    public void close()
    {
        if (isOwner)
        {
            control.close();
        }
    }
}
