namespace Presence.Model.Properties;

/// <summary>Values of the property <c>kind</c>, fixed when a node is made (docs/protocol/properties.md).</summary>
public static class NodeKinds
{
    public const string User = "user";
    public const string Group = "group";
    public const string Service = "service";
    public const string Device = "device";
    public const string Feed = "feed";

    /// <summary>True for what CREATE makes; users are made by administrators.</summary>
    public static bool CanBeCreated(string kind) => kind is Group or Service or Device or Feed;
}
