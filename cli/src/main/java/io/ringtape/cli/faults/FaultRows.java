package io.ringtape.cli.faults;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * The rows that can be run, in the order of the matrix.
 */
final class FaultRows
{
    private FaultRows()
    {
    }

    static List<FaultRow> all(final Limits limits)
    {
        final List<FaultRow> rows = new ArrayList<>();
        rows.addAll(new KillRows(limits).rows());
        final OwnerRows owners = new OwnerRows(limits);
        rows.addAll(owners.rows());
        rows.addAll(owners.starved());
        final Optional<SmallDisk> disk = SmallDisk.find();
        rows.addAll(new DiskRows(limits, disk).rows());
        rows.addAll(new GatewayRows(limits, disk).rows());
        rows.addAll(new DeviceRows(limits).rows());
        rows.addAll(PlaceRows.limited());
        rows.addAll(PlaceRows.places());
        rows.addAll(PlaceRows.processes());
        rows.addAll(ByteRows.rows());
        rows.addAll(new HostileRows(limits).rows());
        rows.addAll(new SideFileRows(limits).rows());
        rows.addAll(RunRows.clocks());
        rows.addAll(new RunRows(limits).rolls());
        rows.addAll(RunRows.hashes());
        rows.addAll(ThreadRows.interrupted());
        rows.addAll(ThreadRows.errors());
        rows.addAll(new BusRows(limits).rows());
        rows.addAll(CloseRows.closed());
        rows.addAll(new JoinRows(limits).rows());
        rows.addAll(GateRows.gate());
        rows.sort(Comparator.comparingInt(FaultRows::number));
        return List.copyOf(rows);
    }

    private static int number(final FaultRow row)
    {
        return Integer.parseInt(row.id().substring(1));
    }
}
