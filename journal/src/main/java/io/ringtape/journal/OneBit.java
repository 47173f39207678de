package io.ringtape.journal;

import java.nio.ByteBuffer;
import java.util.function.BooleanSupplier;

/**
 * Finds the one bit of a small record with a CRC that is wrong. A CRC-32C tells any two records of this size apart that
 * differ in one or two bits, so what makes it right is what was written. Of garbage, one record in some millions is
 * taken for such a one.
 */
final class OneBit
{
    private OneBit()
    {
    }

    /**
     * Turns each bit of a record around until it is whole.
     *
     * @param bytes   that hold the record; changed only if it is mended.
     * @param at      where it starts.
     * @param length  of it, its CRC included.
     * @param isWhole asked after each turn.
     * @return whether the record is whole now.
     */
    static boolean mend(final ByteBuffer bytes, final int at, final int length, final BooleanSupplier isWhole)
    {
        for (int bit = 0; bit < length * Byte.SIZE; bit++)
        {
            final int index = at + bit / Byte.SIZE;
            final byte was = bytes.get(index);
            bytes.put(index, (byte)(was ^ 1 << bit % Byte.SIZE));
            if (isWhole.getAsBoolean())
            {
                return true;
            }
            bytes.put(index, was);
        }
        return false;
    }
}
