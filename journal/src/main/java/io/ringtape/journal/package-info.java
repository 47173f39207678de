/**
 * The tape: the append-only record of a bus, its recorder, and its reader.
 * <p>
 * A tape is a directory of runs, one for each life of a recording process. The recorder writes a block for each range
 * of events through Chronicle Queue's appender; the walker reads the mapped files with no Chronicle object, checks
 * every byte, and tells the end of a tape from damage. Start reading at {@link io.ringtape.journal.TapeWriter}, then
 * {@link io.ringtape.journal.Tape} and {@link io.ringtape.journal.TapeReader}. A writer belongs to one thread and a
 * reader to one thread; any number of processes may read a tape while one writes it. Books that are wanted behind some
 * event start with a snapshot, see {@link io.ringtape.journal.TapeSnapshots}.
 */
@NullMarked
package io.ringtape.journal;

import org.jspecify.annotations.NullMarked;
