package io.ringtape.journal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.ringtape.event.SettingsDefinition;
import io.ringtape.journal.LimitsExchange.Request;
import io.ringtape.order.KillReason;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import java.util.SplittableRandom;
import org.agrona.IoUtil;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(10)
final class LimitsExchangeTest
{
    private final Path directory = Path.of("target", "limits-exchange");
    private final Path request = directory.resolve(LimitsExchange.REQUEST);

    @BeforeEach
    void clear() throws IOException
    {
        clean();
        Files.createDirectories(directory);
    }

    @AfterEach
    void clean()
    {
        IoUtil.delete(directory.toFile(), true);
    }

    @Test
    void shouldHandATextOverAndTheAnswerBack() throws IOException
    {
        final String text = "\u03a9".repeat(SettingsDefinition.MAX_TEXT_BYTES / 2);
        try (LimitsExchange recording = LimitsExchange.open(directory);
            LimitsExchange command = LimitsExchange.open(directory))
        {
            assertEquals(0, recording.number());
            assertEquals(Optional.empty(), recording.request());

            assertEquals(1, command.hand(text));

            assertEquals(1, recording.number());
            assertEquals(Optional.of(new Request(1, text)), recording.request());
            assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(request)));
            assertEquals(Optional.empty(), command.answer(1));
            recording.answer(1, "");
            assertEquals(Optional.of(""), command.answer(1));
            recording.answer(1, "not now: change=1");
            assertEquals(Optional.of("not now: change=1"), command.answer(1));
            recording.answer(1, "x".repeat(100_000));
            assertEquals(Optional.of("x".repeat(1_000)), command.answer(1));
        }
    }

    @Test
    void shouldTakeTheAnswerToAnotherChangeForNone()
    {
        try (LimitsExchange recording = LimitsExchange.open(directory);
            LimitsExchange command = LimitsExchange.open(directory))
        {
            recording.answer(command.hand("first"), "");
            final long second = command.hand("second");

            assertEquals(Optional.empty(), command.answer(second));
            assertEquals(Optional.of(new Request(2, "second")), recording.request());
            recording.answer(second, "");

            final TapeException e = assertThrows(TapeException.class, () -> command.answer(1));
            assertEquals("another change of limits came in between: directory=" + directory + " change=1 next=2",
                e.getMessage());
            assertEquals(TapeException.Kind.IN_USE, e.kind());
        }
    }

    @Test
    void shouldSayThatTheRecordingHasEnded()
    {
        assertEquals(0, LimitsExchange.lastNumber(directory));
        try (ControlFile control = ControlFile.open(directory);
            LimitsExchange command = LimitsExchange.open(directory))
        {
            final LimitsExchange recording = LimitsExchange.over(directory, control);
            final long change = command.hand("{}");
            assertEquals(1, LimitsExchange.lastNumber(directory));
            assertFalse(recording.isAnswered(change));

            recording.answerEnd(change);
            recording.close();

            assertTrue(recording.isAnswered(change));
            assertFalse(recording.isAnswered(change + 1));
            final TapeException e = assertThrows(TapeException.class, () -> command.answer(change));
            assertEquals("recording has ended before it took the limits: directory=" + directory + " change=1",
                e.getMessage());
            assertEquals(TapeException.Kind.MISSING, e.kind());
            assertEquals(1, control.limitsNumber(), "it is not this that closes the kill switch");
        }
    }

    @Test
    void shouldLeaveTheKillSwitchAsItIs()
    {
        try (ControlFile control = ControlFile.open(directory);
            LimitsExchange command = LimitsExchange.open(directory))
        {
            control.change(true, KillScope.account(7), KillReason.HAND, 9);
            control.take(() -> 5);
            control.acknowledge();

            command.hand("{}");

            assertFalse(control.hasChanged());
            assertEquals(1, control.reading().takenNumber());
            assertEquals(1, control.reading().scopes().size());
            assertEquals(1, control.limitsNumber());
        }
    }

    @Test
    void shouldRefuseALink() throws IOException
    {
        try (LimitsExchange recording = LimitsExchange.open(directory))
        {
            Files.createSymbolicLink(request, Path.of("elsewhere"));
            Files.writeString(directory.resolve("elsewhere"), "change=1\n{}");

            assertEquals("tape must not hold a symbolic link: path=" + request,
                assertThrows(TapeException.class, recording::request).getMessage());
        }
    }

    @Test
    void shouldTakeNothingElseForAChange() throws IOException
    {
        try (LimitsExchange recording = LimitsExchange.open(directory))
        {
            for (final String wrong : new String[] {"", "change=", "change=1", "change=0\n{}", "change=-1\n{}",
                "change=1234567890123456789\n{}", "change= 1\n{}", "{}",
                "change=1\n" + "x".repeat(SettingsDefinition.MAX_TEXT_BYTES + 100)})
            {
                Files.writeString(request, wrong);

                assertEquals(Optional.empty(), recording.request(), wrong);
            }
        }
        final SplittableRandom random = new SplittableRandom(1);
        final byte[] good = "change=12\n{\"version\": 3}".getBytes(StandardCharsets.UTF_8);
        for (int i = 0; i < 10_000; i++)
        {
            final byte[] bad = good.clone();
            bad[random.nextInt(bad.length)] = (byte)random.nextInt();
            final Optional<Request> found = LimitsExchange.parse(ByteBuffer.wrap(bad, 0, random.nextInt(bad.length)));

            assertTrue(found.isEmpty() || found.get().number() > 0, "number");
        }
    }
}
