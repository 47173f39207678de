/**
 * What the rounds measure: one small class for each peer, all with the same work.
 * <p>
 * Threading: one thread owns a peer; a peer that has a second thread starts and joins it. Start with
 * {@link io.ringtape.bench.peer.Peer}, {@link io.ringtape.bench.peer.Work} and {@link io.ringtape.bench.peer.Rows}. The
 * peers from publish to handler are three loops over many a {@code Carrier}: {@code Throughput}, {@code PingPong} and
 * {@code OpenLoop}.
 */
@NullMarked
package io.ringtape.bench.peer;

import org.jspecify.annotations.NullMarked;
