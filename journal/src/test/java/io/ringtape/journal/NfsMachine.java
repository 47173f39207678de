package io.ringtape.journal;

import java.io.IOException;
import java.nio.file.Path;
import java.nio.file.attribute.UserPrincipal;

/** A machine whose disks are all somewhere else. */
final class NfsMachine implements Machine
{
    private NfsMachine()
    {
    }

    static TapeParts parts(final Path tape, final boolean anyFileSystem)
    {
        return with(TapeParts.of(tape, TapeConfig.defaults().withAnyFileSystem(anyFileSystem), () -> 0L));
    }

    static TapeParts with(final TapeParts parts)
    {
        return parts.with(new NfsMachine());
    }

    @Override
    public UserPrincipal user() throws IOException
    {
        return REAL.user();
    }

    @Override
    public boolean isReadOnly(final Path directory)
    {
        return false;
    }

    @Override
    public boolean isWritable(final Path directory)
    {
        return true;
    }

    @Override
    public String fileSystemType(final Path directory)
    {
        return "nfs4";
    }
}
