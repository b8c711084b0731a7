using Presence.Soak.Histories;

namespace Presence.Soak.Checking;

/// <summary>A message as a client got it.</summary>
internal sealed record Arrived(History At, Told Told)
{
    public string From => Told["from"] ?? "";

    public string Mid => Told["mid"] ?? "";

    /// <summary>The group, or the user who got it.</summary>
    public string To => Told.Target == "~" ? At.Owner : Told.Target;
}
