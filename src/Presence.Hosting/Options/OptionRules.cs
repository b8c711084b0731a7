using System.Globalization;
using System.Net;
using Presence.Model.Access;
using Presence.Model.Addresses;

namespace Presence.Hosting.Options;

public static class OptionRules
{
    public static readonly OptionRule Text = new("any text", _ => null);

    public static readonly OptionRule Path = new(
        "a path",
        value => value.AsSpan().Trim().IsEmpty ? "a path is needed" : null);

    public static readonly OptionRule Flag = new(
        "true or false",
        value => bool.TryParse(value, out _) ? null : "true or false is needed");

    public static readonly OptionRule HostedDomain = new(
        "a domain name",
        value => Domain.TryParse(value, out _, out var fault) ? null : fault.Sentence.TrimEnd('.'));

    public static readonly OptionRule AnyEndPoint = new(
        "IP address:port, or off",
        value => EndPoints.TryParse(value, out _)
            ? null
            : "an IP address and port are needed, as 127.0.0.1:7750, or off");

    public static readonly OptionRule LoopbackEndPoint = new(
        "loopback address:port, or off",
        value => AnyEndPoint.Fault(value) ?? (IsLoopback(value)
            ? null
            : "clear text is for loopback addresses only (127.0.0.0/8 or [::1])"));

    public static readonly OptionRule HostAndPort = new(
        "host:port",
        value => value.LastIndexOf(':') is > 0 and var colon
            && ushort.TryParse(value.AsSpan(colon + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var port) && port > 0
            && Uri.CheckHostName(value[..colon]) != UriHostNameType.Unknown
            ? null
            : "a host and a port are needed, as gw2.a.example:7750");

    public static readonly OptionRule AccessLine = new(
        "a line such as: deny *@b.example send",
        value => AccessPolicy.ReadLines([value]).BadLine is null ? null : "a line of an access list is needed");

    public static readonly OptionRule User = new(
        "the address of a user",
        value => Address.TryParse(value, out var address, out _) && !address.IsDomain
            ? null
            : "the address of a user is needed, as alice@a.example");

    /// <summary>One of the names of an enumeration, in any case.</summary>
    public static OptionRule Word<T>()
        where T : struct, Enum
    {
        var words = string.Join(", ", Enum.GetNames<T>());
        return new OptionRule(words, value =>
            Enum.GetNames<T>().Contains(value, StringComparer.OrdinalIgnoreCase) ? null : $"one of {words} is needed");
    }

    public static OptionRule Whole(long least, long most)
    {
        var range = $"{Grouped(least)}–{Grouped(most)}";
        return new OptionRule(range, value =>
            !long.TryParse(value, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number)
                ? $"a whole number is needed, range {range}"
                : number < least || number > most ? $"out of range {range}" : null);
    }

    public static OptionRule Duration(TimeSpan least, TimeSpan most)
    {
        var range = $"{least:c}–{most:c} (hh:mm:ss)";
        return new OptionRule(range, value =>
            !TimeSpan.TryParse(value, CultureInfo.InvariantCulture, out var time)
                ? $"a duration is needed, range {range}"
                : time < least || time > most ? $"out of range {range}" : null);
    }

    /// <summary>One of these words, in any case.</summary>
    public static OptionRule OneOf(params IReadOnlyCollection<string> words)
    {
        var all = string.Join(" or ", words);
        return new OptionRule(all, value =>
            words.Contains(value, StringComparer.OrdinalIgnoreCase) ? null : $"{all} is needed");
    }

    private static bool IsLoopback(string value) =>
        EndPoints.TryParse(value, out var end) && (end is null || IPAddress.IsLoopback(end.Address));

    private static string Grouped(long number) =>
        number.ToString("#,0", CultureInfo.InvariantCulture).Replace(',', ' ');
}
