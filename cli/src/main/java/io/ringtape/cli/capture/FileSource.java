package io.ringtape.cli.capture;

import io.ringtape.event.Definitions;

/**
 * One capture that can be read: a file, or a pair of files, of a known format.
 */
interface FileSource
{
    /** The name of the format. */
    String format();

    /** The file as messages name it; of a pair the one that has the times. */
    String file();

    /** Bytes on disk. */
    long totalBytes();

    /** Reads the start and refuses a file that is not as its format has it; nothing is defined. */
    void check() throws CaptureException;

    /** Adds the source's definition, after {@link #check()}. */
    void define(Definitions definitions, InstrumentRegistry registry);

    /** Opens the capture from its start, after {@link #define(Definitions, InstrumentRegistry)}. */
    Reading open() throws CaptureException;
}
