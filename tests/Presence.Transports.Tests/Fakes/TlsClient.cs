using System.Net;
using System.Net.Security;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using System.Text;

namespace Presence.Transports.Tests.Fakes;

/// <summary>A client that trusts every certificate, so that tests can ask for what they like.</summary>
internal static class TlsClient
{
    public static Task<SslStream> Connect(
        Node node, string name, string? protocol = "pip/1", SslProtocols versions = SslProtocols.None) =>
        Connect(node.Pips, name, protocol, versions);

    public static async Task<SslStream> Connect(
        IPEndPoint end, string name, string? protocol = "pip/1", SslProtocols versions = SslProtocols.None)
    {
        var tls = new SslStream(await Node.Connect(end));
        try
        {
            await tls.AuthenticateAsClientAsync(Options(name, protocol, versions), Deadline.Token);
            return tls;
        }
        catch
        {
            await tls.DisposeAsync();
            throw;
        }
    }

    /// <summary>All that comes until the other side ends the stream.</summary>
    public static async Task<string> ReadToEnd(this Stream stream)
    {
        using var all = new MemoryStream();
        await stream.CopyToAsync(all, Deadline.Token);
        return Encoding.ASCII.GetString(all.ToArray());
    }

    public static async Task<string> ReadGreeting(this Stream stream)
    {
        var octets = new byte[GreetingHost.Greeting.Length];
        await stream.ReadExactlyAsync(octets, Deadline.Token);
        return Encoding.ASCII.GetString(octets);
    }

    private static bool AcceptAny(object sender, X509Certificate? seen, X509Chain? chain, SslPolicyErrors errors) =>
        true;

    [System.Diagnostics.CodeAnalysis.SuppressMessage(
        "Security", "CA5359", Justification = "Trust is not the subject; certificates are made for each test.")]
    private static SslClientAuthenticationOptions Options(string name, string? protocol, SslProtocols versions) => new()
    {
        TargetHost = name,
        ApplicationProtocols = protocol is null ? null : [new SslApplicationProtocol(protocol)],
        EnabledSslProtocols = versions,
        RemoteCertificateValidationCallback = AcceptAny,
    };
}
