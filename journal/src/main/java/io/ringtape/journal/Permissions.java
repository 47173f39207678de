package io.ringtape.journal;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/**
 * What is on tape is its owner's: directories 0700, files 0600.
 */
final class Permissions
{
    private static final Set<PosixFilePermission> DIRECTORY = PosixFilePermissions.fromString("rwx------");
    private static final Set<PosixFilePermission> FILE = PosixFilePermissions.fromString("rw-------");
    private static final Set<PosixFilePermission> FINISHED = PosixFilePermissions.fromString("r--------");
    private static final FileAttribute<Set<PosixFilePermission>> DIRECTORY_ATTRIBUTE =
        PosixFilePermissions.asFileAttribute(DIRECTORY);
    private static final FileAttribute<Set<PosixFilePermission>> FILE_ATTRIBUTE =
        PosixFilePermissions.asFileAttribute(FILE);

    private Permissions()
    {
    }

    static void createDirectory(final Path directory) throws IOException
    {
        Files.createDirectory(directory, DIRECTORY_ATTRIBUTE);
    }

    static void createFile(final Path file) throws IOException
    {
        Files.createFile(file, FILE_ATTRIBUTE);
    }

    /**
     * Makes a file that nothing is to be added to any more read-only.
     *
     * @param file that is finished.
     * @throws IOException if that is refused.
     */
    static void forbidWriting(final Path file) throws IOException
    {
        Files.setPosixFilePermissions(file, FINISHED);
    }

    /**
     * Takes the files of a directory from everybody else; Chronicle made them as the process's mask has it.
     *
     * @param directory whose files.
     * @throws IOException if that is refused.
     */
    static void restrictFiles(final Path directory) throws IOException
    {
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(directory))
        {
            for (final Path entry : entries)
            {
                if (!Files.getPosixFilePermissions(entry).equals(FINISHED))
                {
                    Files.setPosixFilePermissions(entry, FILE);
                }
            }
        }
    }
}
