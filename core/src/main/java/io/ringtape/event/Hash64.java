package io.ringtape.event;

import org.agrona.UnsafeApi;

/**
 * The 64-bit hash of a run of words that all of Ringtape's hashes are made of; not meant to resist an attacker.
 * <p>
 * A record of n words is folded with one odd constant a word, and the records are chained, all modulo 2^64:
 * <pre>
 *   fold  = sum over i of (word[i] xor (word[i] &gt;&gt;&gt; 32)) * K[i]
 *   hash' = (rotateLeft(hash, 29) xor fold) * M
 * </pre>
 * with K[i] = the i-th output of SplitMix64 seeded with 0, made odd, M = 0x9E3779B97F4A7C15 and a start of 0. The
 * products of a record do not wait for each other, so a record costs little more than the two steps of the chain.
 * <p>
 * Thread safety: stateless.
 * Allocation: none.
 */
public final class Hash64
{
    /** The hash of nothing. */
    public static final long START = 0L;

    static final long M = 0x9E3779B97F4A7C15L;
    static final long K0 = 0xE220A8397B1DCDAFL;
    static final long K1 = 0x6E789E6AA1B965F5L;
    static final long K2 = 0x06C45D188009454FL;
    static final long K3 = 0xF88BB8A8724C81EDL;
    static final long K4 = 0x1B39896A51A8749BL;
    static final long K5 = 0x53CB9F0C747EA2EBL;
    static final long K6 = 0x2C829ABE1F4532E1L;

    private Hash64()
    {
    }

    /**
     * Adds the seven words of an event behind its sequence.
     *
     * @param hash           so far.
     * @param event          to add.
     * @param orderId        taken in place of the event's own.
     * @param sourceSequence taken in place of the event's own.
     * @return the hash with the event.
     */
    public static long addEvent(
        final long hash, final OrderBookEvent event, final long orderId, final long sourceSequence)
    {
        return chain(hash, mix(event.word(1)) * K0 + mix(event.word(2)) * K1 + mix(orderId) * K2 +
            mix(event.word(4)) * K3 + mix(event.word(5)) * K4 + mix(sourceSequence) * K5 + mix(event.word(7)) * K6);
    }

    /**
     * Adds the seven words behind the sequence of an event that lies off heap.
     *
     * @param hash    so far.
     * @param address of the event's first byte, checked by the caller.
     * @return the hash with the event.
     */
    static long addEventAt(final long hash, final long address)
    {
        return chain(hash, mix(UnsafeApi.getLong(address + 8)) * K0 + mix(UnsafeApi.getLong(address + 16)) * K1 +
            mix(UnsafeApi.getLong(address + 24)) * K2 + mix(UnsafeApi.getLong(address + 32)) * K3 +
            mix(UnsafeApi.getLong(address + 40)) * K4 + mix(UnsafeApi.getLong(address + 48)) * K5 +
            mix(UnsafeApi.getLong(address + 56)) * K6);
    }

    /**
     * Adds the five words of a book level.
     *
     * @param hash         so far.
     * @param instrumentId of the book.
     * @param side         of the level.
     * @param price        of the level.
     * @param quantity     total at the price.
     * @param orderCount   orders at the price; 0 on books by price.
     * @return the hash with the level.
     */
    public static long addLevel(
        final long hash, final int instrumentId, final int side, final long price, final long quantity,
        final long orderCount)
    {
        return chain(hash, mix(instrumentId) * K0 + mix(side) * K1 + mix(price) * K2 + mix(quantity) * K3 +
            mix(orderCount) * K4);
    }

    /**
     * Adds another hash as a record of one word.
     *
     * @param hash  so far.
     * @param other to add.
     * @return the hash with the other.
     */
    public static long addHash(final long hash, final long other)
    {
        return chain(hash, mix(other) * K0);
    }

    /**
     * Adds a text: its length, then each of its UTF-16 units, as records of one word.
     *
     * @param hash so far.
     * @param text to add.
     * @return the hash with the text.
     */
    public static long addText(final long hash, final String text)
    {
        long chained = addHash(hash, text.length());
        for (int i = 0; i < text.length(); i++)
        {
            chained = addHash(chained, text.charAt(i));
        }
        return chained;
    }

    /**
     * Adds the seven words of a detail behind its sequence.
     *
     * @param hash   so far.
     * @param detail to add.
     * @param value4 taken in place of the detail's own value 4.
     * @return the hash with the detail.
     */
    static long addDetail(final long hash, final OrderBookEvent detail, final long value4)
    {
        return chain(hash, mix(detail.word(1)) * K0 + mix(detail.word(2)) * K1 + mix(detail.word(3)) * K2 +
            mix(detail.word(4)) * K3 + mix(value4) * K4 + mix(detail.word(6)) * K5 + mix(detail.word(7)) * K6);
    }

    private static long chain(final long hash, final long fold)
    {
        return (Long.rotateLeft(hash, 29) ^ fold) * M;
    }

    private static long mix(final long word)
    {
        return word ^ word >>> 32;
    }
}
