using Presence.Client.Connections;
using Presence.Model.Addresses;

namespace Presence.Client.Peers;

/// <summary>Receipts over a direct connection: <c>RECEIPT #n ~ mid= disp=</c>.</summary>
internal static class PeerReceipts
{
    public static RequestBuilder Of(string mid, string disposition) => (ref writer, number) =>
    {
        writer.Event("RECEIPT", number, Place.Own(PropertyPath.Root).ToString());
        writer.Param("mid", mid);
        writer.Param("disp", disposition);
        writer.End();
    };
}
