/**
 * Order books: by order (MBO) and by price (MBP) behind one read interface, and the one place that applies events to
 * them.
 * <p>
 * Uses {@code event} only. One thread owns a {@link io.ringtape.book.Books} and reads its books: on a bus the order
 * lane. Start reading at {@link io.ringtape.book.Books}, then {@link io.ringtape.book.OrderBook}. A
 * {@link io.ringtape.book.BookConflater} keeps the latest state for a reader that cannot follow each event; a
 * {@link io.ringtape.book.BooksSnapshot} is all that books know, as bytes.
 */
@NullMarked
package io.ringtape.book;

import org.jspecify.annotations.NullMarked;
