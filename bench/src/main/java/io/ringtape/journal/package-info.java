/**
 * Parts of the recorder run by themselves, for the stages of the benchmarks.
 * <p>
 * In the package of the tape, because these parts are nobody else's; this page is not in the jar beside that of the
 * tape. Start with {@link io.ringtape.journal.StagedBlocks}. Threading: told by each class.
 */
@NullMarked
package io.ringtape.journal;

import org.jspecify.annotations.NullMarked;
