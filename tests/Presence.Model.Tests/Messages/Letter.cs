using Presence.Model.Addresses;
using Presence.Model.Messages;
using Presence.Model.Tests.Properties;

namespace Presence.Model.Tests.Messages;

/// <summary>Messages from Bob, told apart by their ids.</summary>
internal static class Letter
{
    public static readonly Address Bob = Address.Parse("bob@b.example");

    public static InstantMessage Of(
        string id, DateTimeOffset? expires = null, ReceiptWishes wants = ReceiptWishes.None) => new(
        Bob, id, "text/plain", "hello"u8.ToArray(), null, null, null, wants, false, Node.Noon,
        expires ?? Node.Noon.AddSeconds(30));
}
