namespace Presence.Locating.Dns;

/// <summary>Whom this node asks. Configuration section <c>Presence:Dns</c>.</summary>
public sealed class DnsOptions
{
    public const string Section = "Presence:Dns";

    /// <summary>Resolvers as IP address, or address:port; none: those of <c>/etc/resolv.conf</c>.</summary>
    public IReadOnlyList<string> Servers { get; init; } = [];

    /// <summary>Time for one server to answer once. 100 ms to 10 s, default 2 s.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>How often each server is asked. 1–5, default 2.</summary>
    public int Rounds { get; init; } = 2;
}
