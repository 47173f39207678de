package io.ringtape.journal;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.nio.file.attribute.UserPrincipal;

/** The real one, with what only root could arrange. */
final class FakeMachine implements Machine
{
    private UserPrincipal user;
    private boolean isWritable = true;
    private boolean isReadOnly;
    private String fileSystemType = "ext4";
    private String failure = "";

    FakeMachine()
    {
        try
        {
            user = Machine.REAL.user();
        }
        catch (final IOException e)
        {
            throw new UncheckedIOException(e);
        }
    }

    FakeMachine user(final UserPrincipal newUser)
    {
        user = newUser;
        return this;
    }

    FakeMachine isWritable(final boolean newValue)
    {
        isWritable = newValue;
        return this;
    }

    FakeMachine isReadOnly(final boolean newValue)
    {
        isReadOnly = newValue;
        return this;
    }

    FakeMachine fileSystemType(final String newType)
    {
        fileSystemType = newType;
        return this;
    }

    /** The type of the file system cannot be told any more. */
    FakeMachine failure(final String message)
    {
        failure = message;
        return this;
    }

    @Override
    public UserPrincipal user()
    {
        return user;
    }

    @Override
    public boolean isReadOnly(final Path directory)
    {
        return isReadOnly;
    }

    @Override
    public boolean isWritable(final Path directory)
    {
        return isWritable;
    }

    @Override
    public String fileSystemType(final Path directory) throws IOException
    {
        if (!failure.isEmpty())
        {
            throw new IOException(failure);
        }
        return fileSystemType;
    }
}
