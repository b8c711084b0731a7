namespace Presence.Locating.Dns;

/// <summary>What the DNS says to a question.</summary>
public enum DnsOutcome
{
    /// <summary>There are records.</summary>
    Found,

    /// <summary>There are none: the name does not exist, or has none of this type.</summary>
    Missing,

    /// <summary>Nobody knows: no server answered, or none in a way that can be understood.</summary>
    Failed,
}
