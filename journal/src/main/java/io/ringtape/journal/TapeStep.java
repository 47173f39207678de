package io.ringtape.journal;

/**
 * A step of a writer, just done, at which a process may be killed: what is on the device is then what a kill at that
 * moment leaves. In the order in which an open, a block, a roll and the end of a run that is taken back come to them.
 * <p>
 * Thread safety: immutable.
 * Allocation: none.
 */
public enum TapeStep
{
    /** The directory of a tape stands under a temporary name. */
    DIRECTORY_MADE,
    /** A directory has the tape's marker. */
    MARKER_WRITTEN,
    /** The directory of the tape has its name, or had it. */
    DIRECTORY_READY,
    /** The tape is locked, and the owner's name written. */
    LOCKED,
    /** What a killed writer left half-made is gone, and the end of the tape is known. */
    RECOVERED,
    /** The journaled mark is there. */
    JOURNALED_MARK_OPENED,
    /** Both marks are there. */
    MARKS_OPENED,
    /** The journaled mark says where the tape was found to end. */
    JOURNALED_MARK_RESET,
    /** Both marks say so, as far as they have to. */
    MARKS_RESET,
    /** The directory of a run stands under a temporary name. */
    RUN_MADE,
    /** The directory of a run has its name. */
    RUN_RENAMED,
    /** The run has an empty manifest. */
    MANIFEST_MADE,
    /** The manifest says what was missing before the run. */
    MISSING_NAMED,
    /** The first file is there, with its name, and empty. */
    FIRST_FILE_MADE,
    /** A file, the first or the one that is written, has space ahead of its end. */
    SPACE_RESERVED,
    /** The next file is there under its other name, and empty. */
    NEXT_FILE_MADE,
    /** The next file has space. */
    NEXT_FILE_RESERVED,
    /** Chronicle has made its own files. */
    QUEUE_OPENED,
    /** A document has its place, and no byte. */
    DOCUMENT_BEGUN,
    /** A part of a block's events stands there. */
    BLOCK_PART,
    /** All bytes of a document stand there, and its header still says that it is not finished. */
    DOCUMENT_FILLED,
    /** A document is finished, and the mark does not know. */
    DOCUMENT_COMMITTED,
    /** The mark says that a document is journaled. */
    DOCUMENT_MARKED,
    /** The files of the run are nobody else's. */
    FILES_RESTRICTED,
    /** A file is full. */
    ROLL_BEGUN,
    /** The manifest says that a file is finished. */
    FILE_FINISHED,
    /** The index of a finished file has its length. */
    INDEX_ENDED,
    /** The file that was made ready has its name. */
    NEXT_FILE_RENAMED,
    /** A finished file is cut behind its last document. */
    FILE_CUT,
    /** A roll is done. */
    ROLL_DONE,
    /** A finished file is read-only. */
    SEAL_READ_ONLY,
    /** The manifest has the seal of a file. */
    SEALED,
    /** The mark knows nothing of a run that is taken back, or that could not be started. */
    MARK_TAKEN_BACK,
    /** The directory of that run has no run's name. */
    RUN_TAKEN_BACK
}
