using System.Net.WebSockets;
using System.Text;
using Presence.Conformance.Run;
using Presence.Conformance.Statements;

namespace Presence.Conformance.Checks;

/// <summary>UDP-08 and UDP-09: frames in the messages of a WebSocket.</summary>
internal static class WebSocketChecks
{
    private const int ProtocolError = 1002;

    [Check("UDP-08", Over = Over.WebSocket)]
    public static async Task One_frame_a_message(Scene scene)
    {
        var link = await scene.Opened();
        await link.Fence();
        foreach (var message in (string[])["PING 10\r\nPING 11\r\n", "PING 10", "SET 10 ~/note type=text/plain {5}\r\nabc"])
        {
            using var socket = await scene.Target.OpenWebSocket(null, scene.Stop);
            var octets = new byte[8192];
            await socket.ReceiveAsync(octets, scene.Stop);
            await socket.SendAsync(Encoding.UTF8.GetBytes(message), WebSocketMessageType.Text, true, scene.Stop);
            var got = await socket.ReceiveAsync(octets, scene.Stop);
            if (got.MessageType != WebSocketMessageType.Close || (int?)socket.CloseStatus != ProtocolError)
            {
                throw new CheckFailedException(
                    $"expected close 1002 to the message \"{message.Replace("\r\n", "⏎", StringComparison.Ordinal)}\"; got: "
                    + (got.MessageType == WebSocketMessageType.Close ? $"close {(int?)socket.CloseStatus}" : Encoding.UTF8.GetString(octets, 0, got.Count).TrimEnd()));
            }
        }
    }

    [Check("UDP-09", Over = Over.WebSocket)]
    public static async Task A_foreign_origin_is_refused(Scene scene)
    {
        try
        {
            using var socket = await scene.Target.OpenWebSocket("https://evil.invalid", scene.Stop);
        }
        catch (WebSocketException)
        {
            return;
        }

        throw new NotApplicableException("the Origin https://evil.invalid is served: no allow list is set, or it does not work");
    }
}
