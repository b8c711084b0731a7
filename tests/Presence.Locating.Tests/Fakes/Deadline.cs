namespace Presence.Locating.Tests.Fakes;

/// <summary>No wait of a test lasts longer than this; it is never reached when all is well.</summary>
internal static class Deadline
{
    public static readonly TimeSpan Limit = TimeSpan.FromSeconds(30);

    public static CancellationToken Token => new CancellationTokenSource(Limit, TimeProvider.System).Token;
}
