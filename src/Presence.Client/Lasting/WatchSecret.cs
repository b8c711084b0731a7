using Presence.Model.Addresses;

namespace Presence.Client.Lasting;

/// <summary>What a watched place is behind, and who proves it.</summary>
internal sealed record WatchSecret(Address Account, string Passphrase);
