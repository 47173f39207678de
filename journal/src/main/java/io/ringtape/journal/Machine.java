package io.ringtape.journal;

import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.UserPrincipal;
import java.nio.file.attribute.UserPrincipalNotFoundException;
import java.util.Optional;

/**
 * What the guard asks the system. A seam: mounts and other users are the business of root, and are tested through it.
 */
interface Machine
{
    /** The system that this process runs on. */
    Machine REAL = new Machine()
    {
        @Override
        public UserPrincipal user() throws IOException
        {
            if (Files.exists(OWN_PROCESS))
            {
                return Files.getOwner(OWN_PROCESS);
            }
            final Optional<String> name = ProcessHandle.current().info().user();
            if (name.isEmpty())
            {
                throw new UserPrincipalNotFoundException("user of this process");
            }
            return FileSystems.getDefault().getUserPrincipalLookupService().lookupPrincipalByName(name.get());
        }

        @Override
        public boolean isReadOnly(final Path directory) throws IOException
        {
            return Files.getFileStore(directory).isReadOnly();
        }

        @Override
        public boolean isWritable(final Path directory)
        {
            return Files.isWritable(directory) && Files.isExecutable(directory);
        }

        @Override
        public String fileSystemType(final Path directory) throws IOException
        {
            return Files.getFileStore(directory).type();
        }
    };

    /** The kernel gives this directory to the effective user of the process that looks. */
    Path OWN_PROCESS = Path.of("/proc/self");

    /**
     * The effective user of this process.
     *
     * @return the user.
     * @throws IOException if it cannot be told.
     */
    UserPrincipal user() throws IOException;

    /**
     * Whether a directory is mounted read-only.
     *
     * @param directory to ask for.
     * @return true if nobody can write there.
     * @throws IOException if it cannot be told.
     */
    boolean isReadOnly(Path directory) throws IOException;

    /**
     * Whether this process may make files in a directory, as the system decides and not as the bits read.
     *
     * @param directory to ask for.
     * @return true if it may.
     */
    boolean isWritable(Path directory);

    /**
     * The type of the file system that a directory is on, as the system's table of mounts has it.
     *
     * @param directory to ask for.
     * @return a type such as {@code ext4} or {@code fuse.sshfs}.
     * @throws IOException if it cannot be told.
     */
    String fileSystemType(Path directory) throws IOException;
}
