using Presence.Model.Addresses;

namespace Presence.Federation.Links;

/// <summary>How events about one pair of domains are written in a session.</summary>
/// <param name="To">The domain that they are for, if AUTH has named another one; else null.</param>
/// <param name="OmitsTime">True if the other side reads the time of a change from its version (<see cref="VersionTime"/>).</param>
internal readonly record struct EventForm(Domain? To, bool OmitsTime);
