/**
 * What Ringtape asks of the JVM that runs it. Threading: stateless. Start with {@link io.ringtape.jvm.JvmFlags}.
 */
@NullMarked
package io.ringtape.jvm;

import org.jspecify.annotations.NullMarked;
