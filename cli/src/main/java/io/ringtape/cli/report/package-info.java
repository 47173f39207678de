/**
 * What the commands report: immutable results that write themselves as text for a person and as JSON for a script.
 * <p>
 * Threading: immutable types. Start reading at {@link io.ringtape.cli.report.RunSummary}, which most reports share.
 */
@NullMarked
package io.ringtape.cli.report;

import org.jspecify.annotations.NullMarked;
