package io.ringtape.launcher;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** A child process that ended: what it said and its exit code. */
record Finished(int exitCode, String out, String err)
{
    private static final long LIMIT_SECONDS = 60;

    /** Runs a command with nothing but the given environment; what it says goes through files in a scratch folder. */
    static Finished run(
        final Path scratch, final Path directory, final Map<String, String> environment, final List<String> command)
        throws IOException, InterruptedException
    {
        final Path out = Files.createTempFile(scratch, "out", "");
        final Path err = Files.createTempFile(scratch, "err", "");
        final ProcessBuilder builder = new ProcessBuilder(command)
            .directory(directory.toFile())
            .redirectOutput(out.toFile())
            .redirectError(err.toFile());
        builder.environment().clear();
        builder.environment().putAll(environment);
        final Process process = builder.start();
        if (!process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS))
        {
            process.destroyForcibly().waitFor();
            throw new IllegalStateException("did not end: command=" + command + " err=" + Files.readString(err));
        }
        final Finished finished = new Finished(process.exitValue(), Files.readString(out), Files.readString(err));
        Files.delete(out);
        Files.delete(err);
        return finished;
    }
}
