namespace Presence.Soak.Checking;

/// <summary>The properties that clients set and watch.</summary>
internal static class Properties
{
    public const string Status = "status";
    public const string Note = "note";

    /// <summary>Has an access list of its own, which APPROVE does not touch.</summary>
    public const string Color = "x.localhost.color";

    /// <summary>Where the status of the one endpoint is written.</summary>
    public const string EndpointStatus = "ep/soak/status";

    public static readonly string[] All = [Status, Note, Color];
}
