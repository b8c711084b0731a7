using System.Diagnostics.CodeAnalysis;
using System.Net;

namespace Presence.Client.Locating;

/// <summary>A server given by hand, such as <c>pips://gw1.example.org:7750</c>.</summary>
internal sealed record ServerUrl(Uri Url)
{
    private const int TlsPort = 7750;
    private const int ClearTextPort = 7749;

    public string Scheme => Url.Scheme;

    public string Host => Url.IdnHost.Trim('[', ']');

    public int Port => Url.Port > 0 ? Url.Port : UsesTls ? TlsPort : ClearTextPort;

    public bool IsPip => Scheme is "pip" or "pips";

    public bool UsesTls => Scheme is not ("pip" or "ws" or "http");

    /// <summary>Clear text leaves the machine by no scheme.</summary>
    public static bool TryParse(string text, [NotNullWhen(true)] out ServerUrl? server, out string why)
    {
        server = null;
        why = "write a URL such as pips://host:7750";
        if (!Uri.TryCreate(text, UriKind.Absolute, out var url) || url.Host.Length == 0)
            return false;

        if (url.UserInfo.Length > 0)
        {
            why = "name and password do not belong there";
            return false;
        }

        var read = new ServerUrl(url);
        if (!read.UsesTls && !read.IsLoopback)
        {
            why = $"'{url.Scheme}' is clear text, which is for loopback only";
            return false;
        }

        server = read;
        return true;
    }

    private bool IsLoopback => Host == "localhost" || (IPAddress.TryParse(Host, out var ip) && IPAddress.IsLoopback(ip));
}
