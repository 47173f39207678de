package io.ringtape.journal;

import io.ringtape.event.OrderBookEvent;
import io.ringtape.journal.codec.BlockEncoder;
import io.ringtape.journal.codec.MessageHeaderEncoder;

/**
 * Offsets in the documents of a tape, little-endian. All documents share the first 32 bytes.
 */
final class DocumentLayout
{
    /** Every document starts at a multiple of this; its length is padded. */
    static final int ALIGNMENT = 4;
    static final int HEADER_BYTES = 4;
    static final int NOT_READY = 0x8000_0000;
    static final int METADATA = 0x4000_0000;
    static final int LENGTH_MASK = 0x3FFF_FFFF;
    static final int END_OF_FILE = NOT_READY | METADATA;

    static final int BLOCK_LENGTH_OFFSET = 0;
    static final int TEMPLATE_OFFSET = 2;
    static final int SCHEMA_OFFSET = 4;
    static final int VERSION_OFFSET = 6;
    static final int RUN_ID_OFFSET = 8;
    static final int PREVIOUS_CRC_OFFSET = 16;
    static final int CRC_OFFSET = 20;
    static final int CRC_END = CRC_OFFSET + Integer.BYTES;
    static final int SEQUENCE_OFFSET = 24;
    static final int COMMON_BYTES = 32;

    static final int APPEND_TIME_OFFSET = 32;
    static final int MAX_RECEIVE_TIME_OFFSET = 40;
    static final int BLOCK_NUMBER_OFFSET = 48;
    static final int GROUP_LENGTH_OFFSET = 56;
    static final int COUNT_OFFSET = 58;
    static final int EVENTS_OFFSET = 60;

    static final int SCHEMA_ID = MessageHeaderEncoder.SCHEMA_ID;
    static final int VERSION = MessageHeaderEncoder.SCHEMA_VERSION;
    static final int BLOCK_TEMPLATE = BlockEncoder.TEMPLATE_ID;
    static final int BLOCK_FIELDS_BYTES = BlockEncoder.BLOCK_LENGTH;
    static final int EVENT_BYTES = OrderBookEvent.SIZE_BYTES;
    static final int MAX_BLOCK_EVENTS = 1024;
    static final int MAX_BLOCK_BYTES = EVENTS_OFFSET + MAX_BLOCK_EVENTS * EVENT_BYTES;
    /** A definition's text is the longest thing that is not a block. */
    static final int MAX_DOCUMENT_BYTES = 1 << 17;
    /** The receive time of nothing. */
    static final long NO_TIME = Long.MIN_VALUE;

    /** The first eight bytes of a block, as one little-endian word. */
    static final long BLOCK_WORD = BLOCK_FIELDS_BYTES |
        (long)BLOCK_TEMPLATE << 16 | (long)SCHEMA_ID << 32 | (long)VERSION << 48;

    private DocumentLayout()
    {
    }

    static int padded(final int length)
    {
        return length + ALIGNMENT - 1 & -ALIGNMENT;
    }
}
