package io.ringtape.bus;

/**
 * Keeps the hot fields of a subclass off the cache line of whatever lies before the object.
 */
abstract class Padded
{
    long p0;
    long p1;
    long p2;
    long p3;
    long p4;
    long p5;
    long p6;
    long p7;
}
