package io.ringtape.journal;

import java.nio.file.Path;

/** A machine whose disks are all somewhere else. */
final class NfsMachine
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
        return parts.with(new FakeMachine().fileSystemType("nfs4"));
    }
}
