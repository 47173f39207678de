/**
 * The bus's concurrency under jcstress: each test races two threads through the bus's own classes and grades all that
 * can come of it.
 * <p>
 * In the package of the bus, because what is to be raced is nobody else's; this page is not in the jar beside that of
 * the bus. {@link io.ringtape.bench.StressCommand} runs them. What no test here can show: a close of the bus against
 * the writer itself. It rests on a safepoint of the writer's thread ({@code WriterRole.settle}), and jcstress has two
 * actors that meet at no such place; {@code BusCloseRaceTest} of core closes a real bus instead. Threading: told by
 * each class.
 */
@NullMarked
package io.ringtape.bus;

import org.jspecify.annotations.NullMarked;
