package io.ringtape.feed;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/** Writes DBN as Databento does: metadata of version 1, 2 or 3, then records. */
final class DbnWriter
{
    static final long UNDEFINED_PRICE = Long.MAX_VALUE;

    private final ByteBuffer bytes = ByteBuffer.allocate(1 << 16).order(ByteOrder.LITTLE_ENDIAN);
    private final int version;
    private int metadataLength;

    DbnWriter(final int version)
    {
        this.version = version;
    }

    /** Metadata with one mapping of one interval of days. */
    DbnWriter metadata(final int schema, final int symbolTypes, final String in, final String out, final int... days)
    {
        bytes.put(new byte[] {'D', 'B', 'N', (byte)version}).putInt(0);
        text("GLBX.MDP3", 16);
        bytes.putShort((short)schema).putLong(1).putLong(2).putLong(0);
        if (version == 1)
        {
            bytes.putLong(-1);
        }
        bytes.put((byte)(symbolTypes >> 8)).put((byte)symbolTypes).put((byte)0);
        if (version > 1)
        {
            bytes.putShort((short)71);
        }
        skip(version == 1 ? 47 : 53);
        bytes.putInt(0).putInt(1);
        text(in, symbolBytes());
        bytes.putInt(0).putInt(0).putInt(1);
        text(in, symbolBytes());
        bytes.putInt(days.length / 2);
        for (int i = 0; i < days.length; i += 2)
        {
            bytes.putInt(days[i]).putInt(days[i + 1]);
            text(out, symbolBytes());
        }
        if (version == 3)
        {
            skip((8 - bytes.position() % 8) % 8);
        }
        metadataLength = bytes.position();
        bytes.putInt(4, metadataLength - 8);
        return this;
    }

    /** The usual metadata: schema MBO, ESM4 is 5602 from 2024-05-08 to 2024-05-09. */
    DbnWriter metadata()
    {
        return metadata(0, 0x0100, "ESM4", "5602", 20240508, 20240509);
    }

    DbnWriter sendTime()
    {
        bytes.put(version == 1 ? 60 : 52, (byte)1);
        return this;
    }

    /** A record whose remaining fields have usual values; change them with the methods that follow. */
    DbnWriter mbo(final char action, final char side, final long orderId, final long price, final int size)
    {
        bytes.put((byte)14).put((byte)0xA0).putShort((short)1).putInt(5602).putLong(1_715_126_400_000_000_000L);
        bytes.putLong(orderId).putLong(price).putInt(size).put((byte)0x80).put((byte)4).put((byte)action)
            .put((byte)side).putLong(1_715_126_400_000_000_777L).putInt(-5).putInt(-1);
        return this;
    }

    DbnWriter flags(final int flags)
    {
        bytes.put(bytes.position() - 20, (byte)flags);
        return this;
    }

    DbnWriter instrument(final int publisher, final int id)
    {
        bytes.putShort(bytes.position() - 54, (short)publisher).putInt(bytes.position() - 52, id);
        return this;
    }

    DbnWriter times(final long event, final long receive)
    {
        bytes.putLong(bytes.position() - 48, event).putLong(bytes.position() - 16, receive);
        return this;
    }

    DbnWriter record(final int type, final int length)
    {
        bytes.put((byte)(length / 4)).put((byte)type);
        skip(length - 2);
        return this;
    }

    DbnWriter raw(final int... values)
    {
        for (final int value : values)
        {
            bytes.put((byte)value);
        }
        return this;
    }

    int metadataLength()
    {
        return metadataLength;
    }

    byte[] toBytes()
    {
        final byte[] written = new byte[bytes.position()];
        bytes.get(0, written);
        return written;
    }

    private int symbolBytes()
    {
        return version == 1 ? 22 : 71;
    }

    private void text(final String text, final int length)
    {
        final byte[] characters = text.getBytes(StandardCharsets.ISO_8859_1);
        bytes.put(characters);
        skip(length - characters.length);
    }

    private void skip(final int count)
    {
        bytes.put(new byte[count]);
    }
}
