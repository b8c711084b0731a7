using System.Collections.Immutable;
using Presence.Model.Properties;

namespace Presence.Grains.Users;

/// <summary>An endpoint whose session waits to be resumed.</summary>
/// <param name="HiddenAt">End of its grace: from then on it shows what it shows by default.</param>
/// <param name="GoneAt">When the session is over.</param>
internal sealed record ParkedEndpoint(DateTimeOffset HiddenAt, DateTimeOffset GoneAt)
{
    /// <summary>What it showed before it was hidden; default until then.</summary>
    public ImmutableArray<Property> Shown { get; init; }

    /// <summary>The node's version once it was hidden: what is newer was written by somebody else since.</summary>
    public long Version { get; init; }

    public bool IsHidden => !Shown.IsDefault;
}
