namespace Presence.Model.Locating;

/// <summary>One server of a domain, as its SRV record tells (RFC 2782).</summary>
/// <param name="Priority">0–65 535; all of a lower one are tried before the next.</param>
/// <param name="Weight">0–65 535; the share of the clients among those of its priority.</param>
/// <param name="Port">1–65 535.</param>
/// <param name="Target">Host name without the final dot; empty where the record says <c>.</c>, "no such service".</param>
public readonly record struct SrvRecord(int Priority, int Weight, int Port, string Target)
{
    public bool IsNoService => Target.Length == 0;
}
