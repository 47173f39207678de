package io.ringtape.event;

/**
 * Marks a handler that keeps books from the events, for the handlers behind it to read.
 * <p>
 * They read without a lock, so they must be on the same lane; a bus refuses books behind those that read them. It
 * cannot see who reads them from another lane: a lane that needs books has its own.
 * <p>
 * Thread safety: one thread at a time calls all the methods of a handler.
 * Allocation: an implementation on a hot path allocates nothing once warm.
 */
@FunctionalInterface
public interface BookHandler extends EventHandler
{
}
