namespace Presence.Sessions.Administration;

/// <summary>Whether this gateway takes connections. Once closed it stays so until the process is started again.</summary>
public sealed class Intake
{
    private volatile bool _isClosed;

    /// <summary>True once the gateway drains: every connection is told <c>421 0 going-down</c>.</summary>
    public bool IsClosed => _isClosed;

    internal void Close() => _isClosed = true;
}
