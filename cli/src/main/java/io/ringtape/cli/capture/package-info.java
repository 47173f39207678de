/**
 * Captures of market data as files: opened, decompressed, told apart, and handed out as events.
 * <p>
 * Plain, gzip, Zstandard and zip files are read as streams in bounded memory and never unpacked to disk; what a file
 * holds is decoded by {@link io.ringtape.feed}. One thread owns a capture. Start reading at
 * {@link io.ringtape.cli.capture.Captures} and {@link io.ringtape.cli.capture.Capture}.
 */
@NullMarked
package io.ringtape.cli.capture;

import org.jspecify.annotations.NullMarked;
