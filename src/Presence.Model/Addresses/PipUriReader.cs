using System.Globalization;

namespace Presence.Model.Addresses;

/// <summary>
/// <code>
/// pip-uri  = "pip:" [ "//" uhost [ ":" 1*5DIGIT ] "/" ] uaddress [ "?" action *( ";" uparam ) ]
/// uaddress = [ ulocal "@" ] uhost [ "/" upath ]
/// </code>
/// as in docs/protocol, section 2.4 part 4, and the mapping of im: and pres: of section 3.4.
/// </summary>
internal static class PipUriReader
{
    private static readonly string[] ForeignSchemes =
        ["mailto", "xmpp", "sip", "sips", "tel", "http", "https", "ws", "wss", "ftp", "urn", "data", "javascript"];

    private static readonly PropertyPath Status = PropertyPath.Root.Append("status");

    public static (PipUri? Uri, AddressFault Fault) Read(ReadOnlySpan<char> text)
    {
        text = text.Trim();
        if (text.IsEmpty) return (null, AddressFault.Empty);
        if (text.Length > PipUri.MaxLength) return (null, AddressFault.TooLong);
        if (TryScheme(ref text, "pip")) return ReadPip(text);
        if (TryScheme(ref text, "im")) return ReadForeign(text, default, PipAction.Send);
        if (TryScheme(ref text, "pres")) return ReadForeign(text, Status, PipAction.Subscribe);
        foreach (var scheme in ForeignSchemes)
            if (TryScheme(ref text, scheme))
                return (null, AddressFault.Scheme);
        return ReadPip(text, plain: true);
    }

    private static bool TryScheme(ref ReadOnlySpan<char> text, string scheme)
    {
        if (text.Length <= scheme.Length || text[scheme.Length] != ':') return false;
        if (!text.StartsWith(scheme, StringComparison.OrdinalIgnoreCase)) return false;
        text = text[(scheme.Length + 1)..];
        return true;
    }

    private static (PipUri? Uri, AddressFault Fault) ReadPip(ReadOnlySpan<char> text, bool plain = false)
    {
        Domain? host = null;
        int? port = null;
        if (!plain && text.StartsWith("//"))
        {
            var fault = ReadGateway(ref text, out var gateway, out port);
            if (!fault.IsNone) return (null, fault);
            host = gateway;
        }

        var question = text.IndexOf('?');
        var (place, refused) = ReadPlace(question < 0 ? text : text[..question]);
        string? action = null;
        var parameters = new PipParameters();
        if (refused.IsNone && question >= 0) refused = ReadAction(text[(question + 1)..], parameters, out action);
        if (!refused.IsNone) return (null, refused);
        return (new PipUri(place)
        {
            Host = host,
            Port = port,
            Action = action,
            Parameters = parameters.Shown,
            Pass = parameters.Pass,
        }, default);
    }

    /// <summary>Takes <c>//host[:port]/</c> off the front; without the closing slash there is no address.</summary>
    private static AddressFault ReadGateway(ref ReadOnlySpan<char> text, out Domain host, out int? port)
    {
        host = default;
        port = null;
        var slash = text[2..].IndexOf('/');
        if (slash < 0) return text.Contains('@') ? AtInGateway(text) : AddressFault.MissingHost;
        var authority = text.Slice(2, slash);
        text = text[(slash + 3)..];
        if (authority.Contains('@')) return AtInGateway(authority);

        var colon = authority.LastIndexOf(':');
        if (colon >= 0 && colon > authority.LastIndexOf(']'))
        {
            if (!TryPort(authority[(colon + 1)..], out var number)) return AddressFault.Port;
            port = number;
            authority = authority[..colon];
        }

        return ReadHost(authority, out host);
    }

    private static AddressFault AtInGateway(ReadOnlySpan<char> authority) =>
        authority.Contains(':') ? AddressFault.Password : AddressFault.DomainCharacter;

    private static bool TryPort(ReadOnlySpan<char> digits, out int port) =>
        int.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out port)
        && digits.Length <= 5 && port is >= 1 and <= 65535;

    private static (Place Place, AddressFault Fault) ReadPlace(ReadOnlySpan<char> text)
    {
        var slash = text.IndexOf('/');
        var fault = ReadNode(slash < 0 ? text : text[..slash], out var address);
        if (fault.IsNone && slash < 0) return (new Place(address), fault);

        // A password may itself hold a slash: "bob:pa/ss@host" must not be explained as a bad domain.
        if (!fault.IsNone && slash > 0 && text[..slash].Contains(':') && text[slash..].Contains('@'))
            fault = AddressFault.Password;
        if (!fault.IsNone || !PropertyPath.TryReadUri(text[(slash + 1)..], out var path, out fault))
            return (default, fault);
        return (new Place(address, path), default);
    }

    private static AddressFault ReadNode(ReadOnlySpan<char> text, out Address address)
    {
        address = default;
        if (text.IsEmpty) return AddressFault.MissingHost;
        var at = text.LastIndexOf('@');
        if (at >= 0 && text[..at].Contains(':')) return AddressFault.Password;
        if (at >= 0 && text[..at].Contains('@')) return AddressFault.ManyAtSigns;
        if (at == 0) return AddressFault.MissingLocal;
        var fault = ReadHost(text[(at + 1)..], out var domain);
        if (!fault.IsNone || at < 0)
        {
            address = Address.Of(domain);
            return fault;
        }

        fault = Unescape(text[..at], AddressFault.LocalCharacter, out var local);
        if (fault.IsNone) _ = Address.TryCombine(local, domain, out address, out fault);
        return fault;
    }

    private static AddressFault ReadHost(ReadOnlySpan<char> text, out Domain host)
    {
        host = default;
        var fault = Unescape(text, AddressFault.DomainCharacter, out var name);
        if (fault.IsNone) _ = Domain.TryRead(name, canonicalOnly: false, out host, out fault);
        return fault;
    }

    private static AddressFault Unescape(ReadOnlySpan<char> text, AddressFault notText, out string plain)
    {
        plain = "";
        return text.Length > DomainName.MaxTyped * 3
            ? AddressFault.TooLong
            : PercentCoding.Decode(text, anyCase: true, notText, out plain);
    }

    private static AddressFault ReadAction(ReadOnlySpan<char> text, PipParameters parameters, out string? action)
    {
        var end = text.IndexOf(';');
        action = PipAction.Read(end < 0 ? text : text[..end]);
        if (action is null) return AddressFault.Action;
        return end < 0 ? default : parameters.Read(text[end..]);
    }

    /// <summary>RFC 3860 and RFC 3859: <c>im:local@domain</c>, nothing before and nothing behind.</summary>
    private static (PipUri? Uri, AddressFault Fault) ReadForeign(
        ReadOnlySpan<char> text, PropertyPath path, string action)
    {
        if (text.ContainsAny('/', '?')) return (null, AddressFault.ForeignPart);
        var fault = ReadNode(text, out var address);
        if (fault.IsNone && address.IsDomain) fault = AddressFault.MissingLocal;
        return fault.IsNone ? (new PipUri(new Place(address, path)) { Action = action }, fault) : (null, fault);
    }
}
