namespace Presence.Hosting.Options.Reload;

/// <summary>When a new value of a key holds, if it comes while the process runs.</summary>
public enum Applies
{
    /// <summary>After the next start.</summary>
    AtStart = 0,

    /// <summary>For connections that begin, and nodes that come into memory, from then on.</summary>
    ToNew = 1,

    /// <summary>For the next request.</summary>
    AtOnce = 2,
}
