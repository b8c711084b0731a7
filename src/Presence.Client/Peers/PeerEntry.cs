using System.Text;
using Presence.Client.Connections;
using Presence.Model.Addresses;

namespace Presence.Client.Peers;

/// <summary>HELLO and AUTH on a direct connection that this side opened.</summary>
internal static class PeerEntry
{
    /// <param name="link">A fresh connection.</param>
    /// <param name="self">The owner of this side.</param>
    /// <param name="other">Who is expected there.</param>
    /// <param name="mayEnter">Asked once, before AUTH: whether this connection is the one.</param>
    /// <param name="cancellation">Ends the attempt.</param>
    /// <returns>True if the other side let us in.</returns>
    /// <exception cref="PipConnectionException">The connection ended.</exception>
    public static async Task<bool> Try(
        PeerLink link, Address self, Address other, Func<bool> mayEnter, CancellationToken cancellation)
    {
        await link.Greeted.WaitAsync(cancellation);
        var hello = await link.Request((ref writer, tag) =>
        {
            writer.Request("HELLO", tag, other.Domain.Value);
            writer.Param("v", "1.0");
            writer.Param("role", "peer");
            writer.Param("agent", "presence-dotnet/0.1");
            writer.End();
        }, cancellation);
        if (hello.Code != 200 || hello.Parameters["peer"] != other.ToString() || !mayEnter())
            return false;

        var entered = await link.Request((ref writer, tag) =>
        {
            writer.Request("AUTH", tag, "EXTERNAL");
            writer.Param("data", Convert.ToBase64String(Encoding.UTF8.GetBytes(self.ToString())));
            writer.End();
        }, cancellation);
        return entered.Code == 200;
    }
}
