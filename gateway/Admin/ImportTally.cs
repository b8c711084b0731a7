namespace Presence.Gateway.Admin;

/// <summary>Counts while many lines are in work at once.</summary>
internal sealed class ImportTally
{
    private readonly Lock _gate = new();
    private readonly List<RefusedLine> _refused = [];
    private int _added;
    private int _existing;
    private int _refusedCount;

    public void Add() => Interlocked.Increment(ref _added);

    public void Exists() => Interlocked.Increment(ref _existing);

    public void Refuse(RefusedLine line)
    {
        lock (_gate)
        {
            _refusedCount++;
            if (_refused.Count < ImportReport.MaxRefused)
                _refused.Add(line);
        }
    }

    /// <summary>Only when no line is in work any more.</summary>
    public ImportReport Report() =>
        new(_added, _existing, [.. _refused.OrderBy(line => line.Line)], _refusedCount);
}
