package io.ringtape.bench.peer;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * A capture of real market data. None is part of the project, so a row that needs one may be not measurable.
 * <p>
 * Where they lie {@link PeerProperties#data()} says.
 * <p>
 * Thread safety: immutable.
 * Allocation: not for hot paths.
 */
enum CaptureFile implements Row.Need
{
    /** NASDAQ, 2012-06-21, five levels a side, a LOBSTER pair in a zip. */
    AMZN_LEVEL_5("lobster/LOBSTER_SampleFile_AMZN_2012-06-21_5.zip"),
    /** The same day, the best level of each side. */
    AMZN_LEVEL_1("lobster/LOBSTER_SampleFile_AMZN_2012-06-21_1.zip"),
    /** CME, 2024-05-08, by order: a snapshot of 13,600 orders, then 195 records, DBN in Zstandard. */
    CME_MBO("databento/orderbooks_mbo_2024-05-08T00-00-00_2024-05-08T00-00-02.dbn.zst");

    private final String name;

    CaptureFile(final String name)
    {
        this.name = name;
    }

    /**
     * Where the file has to be.
     *
     * @return its path.
     */
    Path path()
    {
        return PeerProperties.data().resolve(name);
    }

    @Override
    public Optional<String> missing(final Host host)
    {
        return Files.isRegularFile(path()) ? Optional.empty() :
            Optional.of("capture is not there: file=" + name + " directory=" + PeerProperties.data());
    }
}
