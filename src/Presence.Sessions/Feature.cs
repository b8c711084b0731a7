namespace Presence.Sessions;

/// <summary>Something optional that this node does, told in <c>features=</c> of the answer to HELLO.</summary>
/// <param name="Word">As it stands on the wire, such as <c>udp</c>.</param>
/// <param name="Condition">Whether the configuration has it on now; null for always.</param>
public sealed record Feature(string Word, Func<bool>? Condition = null)
{
    /// <summary>Users may invite each other to direct connections.</summary>
    public const string Peer = "peer";

    public bool IsOn => Condition?.Invoke() != false;
}
