namespace Presence.Gateway.Options;

/// <summary>What this node is. Configuration section <c>Presence</c>.</summary>
public sealed class NodeOptions
{
    public const string Section = "Presence";

    /// <summary>What is hosted if nothing is configured.</summary>
    public const string DefaultDomain = "localhost";

    /// <summary>Domains whose users live here, the first is the node's own name. Default localhost.</summary>
    public IReadOnlyList<string> Domains { get; init; } = [];

    /// <summary>
    /// Folder of everything that is kept, relative to the current directory; made if missing. Default <c>./data</c>.
    /// </summary>
    public string Data { get; init; } = "./data";
}
