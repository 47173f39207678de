/**
 * Decoders of venues' captures and wires: bytes in buffers become events in an {@link io.ringtape.event.EventBatch}.
 * <p>
 * Pure: no input or output, no clock, no knowledge of files; who has the bytes calls the decoder and keeps its errors'
 * file name. Input that is not what the format promises is a {@link io.ringtape.feed.FeedException} with field and
 * position, and never an event. Each decoder belongs to one thread. Start reading at
 * {@link io.ringtape.feed.LobsterDecoder} and {@link io.ringtape.feed.DbnMboDecoder}.
 */
@NullMarked
package io.ringtape.feed;

import org.jspecify.annotations.NullMarked;
