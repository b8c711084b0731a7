using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Text;

namespace Presence.Protocol.Sasl;

/// <summary>
/// The lists <c>auth=</c> and <c>cb=</c> of the answer to HELLO, in the order sent. Names that this side does not know
/// stay in the lists, because <see cref="Hash"/> covers them too. Use <see cref="Of"/> or <see cref="TryParse"/>.
/// </summary>
public sealed class SaslOffer
{
    private const int MaxNames = 64;
    private const int MaxMechanismName = 20;
    private const int MaxBindingName = 64;

    private const char BetweenNames = '\u001E';
    private const char BetweenLists = '\u001F';

    private string? _hash;

    private SaslOffer(string[] mechanisms, string[] channelBindings)
    {
        Mechanisms = mechanisms;
        ChannelBindings = channelBindings;
    }

    public IReadOnlyList<string> Mechanisms { get; }

    /// <summary>Channel-binding types; empty if none is offered.</summary>
    public IReadOnlyList<string> ChannelBindings { get; }

    /// <summary>The value of <c>auth=</c>.</summary>
    public string AuthValue => string.Join(',', Mechanisms);

    /// <summary>The value of <c>cb=</c>, or null if the parameter is to be left out.</summary>
    public string? CbValue => ChannelBindings.Count == 0 ? null : string.Join(',', ChannelBindings);

    /// <summary>A binding type that is no channel-binding name throws <see cref="ArgumentException"/>.</summary>
    public static SaslOffer Of(IEnumerable<SaslMechanism> mechanisms, IEnumerable<string> channelBindings)
    {
        string[] bindings = [.. channelBindings];
        if (!Array.TrueForAll(bindings, IsBindingName))
            throw new ArgumentException("A channel-binding type has 1–64 letters, digits, '.' or '-'.",
                nameof(channelBindings));
        return new SaslOffer([.. mechanisms.Select(m => m.WireName())], bindings);
    }

    /// <summary>
    /// Reads the decoded parameter values. False if a list has an empty or ill-formed name (mechanisms: 1–20 of A–Z,
    /// 0–9, '-', '_', RFC 4422; bindings: 1–64 of letters, digits, '.', '-', RFC 5056) or more than 64 names.
    /// </summary>
    /// <param name="auth">Value of <c>auth=</c>.</param>
    /// <param name="cb">Value of <c>cb=</c>, null if the parameter was absent.</param>
    /// <param name="offer">Null exactly if the answer is false.</param>
    public static bool TryParse(string auth, string? cb, [NotNullWhen(true)] out SaslOffer? offer)
    {
        ArgumentNullException.ThrowIfNull(auth);
        offer = null;
        if (!TrySplit(auth, IsMechanismName, out var mechanisms))
            return false;
        string[] bindings = [];
        if (!string.IsNullOrEmpty(cb) && !TrySplit(cb, IsBindingName, out bindings))
            return false;
        offer = new SaslOffer(mechanisms, bindings);
        return true;
    }

    public bool Lists(SaslMechanism mechanism) => Mechanisms.Contains(mechanism.WireName(), StringComparer.Ordinal);

    public bool ListsBinding(string type) => ChannelBindings.Contains(type, StringComparer.Ordinal);

    /// <summary>
    /// The SCRAM attribute <c>h</c>: base64 of the SHA-256 of the mechanism names in octet order, joined with U+001E;
    /// then, if any channel binding is offered, U+001F and the binding names in octet order, joined with U+001E
    /// (XEP-0474 section 5.1; docs/protocol 8.1, T4).
    /// </summary>
    public string Hash() => _hash ??= MakeHash();

    private string MakeHash()
    {
        var lists = Sorted(Mechanisms);
        if (ChannelBindings.Count > 0)
            lists += BetweenLists + Sorted(ChannelBindings);
        return Convert.ToBase64String(SHA256.HashData(Encoding.ASCII.GetBytes(lists)));
    }

    private static string Sorted(IReadOnlyList<string> names) =>
        string.Join(BetweenNames, names.Order(StringComparer.Ordinal));

    private static bool TrySplit(string list, Predicate<string> isName, out string[] names)
    {
        names = list.Split(',', MaxNames + 1);
        return names.Length <= MaxNames && Array.TrueForAll(names, isName);
    }

    // Separators of the hash cannot pass either check, so no list can imitate another one.
    private static bool IsMechanismName(string name) =>
        name.Length is > 0 and <= MaxMechanismName
        && name.All(c => char.IsAsciiLetterUpper(c) || char.IsAsciiDigit(c) || c is '-' or '_');

    private static bool IsBindingName(string name) =>
        name.Length is > 0 and <= MaxBindingName
        && name.All(c => char.IsAsciiLetterOrDigit(c) || c is '.' or '-');
}
