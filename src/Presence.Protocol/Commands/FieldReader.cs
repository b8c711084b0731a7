using System.Buffers;
using System.Buffers.Text;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using Presence.Model.Access;
using Presence.Model.Addresses;
using Presence.Model.Replies;
using Presence.Protocol.Framing;

namespace Presence.Protocol.Commands;

/// <summary>
/// Reads the fields of one request by type. The first fault is kept in <see cref="Refusal"/>; later reads go on with
/// defaults, so that a command is read top to bottom and checked once at the end.
/// </summary>
public ref struct FieldReader(Frame frame)
{
    private static readonly SearchValues<char> TokenLetters =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_.");

    private readonly Frame _frame = frame;

    /// <summary>Why the request is refused, or null so far.</summary>
    public Refusal? Refusal { get; private set; }

    public string? Text(string name) => _frame.Parameters[name];

    public string Required(string name)
    {
        if (_frame.Parameters[name] is { } value)
            return value;
        Refuse(Model.Replies.Refusal.BadParameter(name));
        return "";
    }

    /// <summary>A token: 1–64 letters, digits, <c>- _ .</c>.</summary>
    [return: NotNullIfNotNull(nameof(otherwise))]
    public string? Token(string name, string? otherwise = null)
    {
        if (_frame.Parameters[name] is not { } value)
            return otherwise;
        if (!IsToken(value))
            Refuse(Model.Replies.Refusal.BadParameter(name));
        return value;
    }

    public string RequiredToken(string name)
    {
        if (_frame.Parameters.Has(name))
            return Token(name, "");
        Refuse(Model.Replies.Refusal.BadParameter(name));
        return "";
    }

    public long? Number(string name, long least, long most)
    {
        if (_frame.Parameters[name] is not { } text)
            return null;
        if (long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number)
            && number >= least && number <= most)
            return number;
        Refuse(Model.Replies.Refusal.BadParameter(name));
        return null;
    }

    /// <summary>Whole seconds, 0 to 999 999 999.</summary>
    public TimeSpan? Seconds(string name) =>
        Number(name, 0, 999_999_999) is { } seconds ? TimeSpan.FromSeconds(seconds) : null;

    /// <summary><c>nonce=</c> and <c>proof=</c> of a passphrase: 32 octets in base64url; null without a nonce.</summary>
    public (string Nonce, byte[] Octets)? Proof()
    {
        if (Token("nonce") is not { } nonce)
            return null;
        var proof = Required("proof");
        var octets = new byte[32];
        if (Base64Url.IsValid(proof, out var length) && length == octets.Length
            && Base64Url.TryDecodeFromChars(proof, octets, out _))
            return (nonce, octets);
        Refuse(Model.Replies.Refusal.BadParameter("proof"));
        return null;
    }

    public bool Flag(string name)
    {
        if (_frame.Parameters[name] is not { } text)
            return false;
        if (text is not ("yes" or "no"))
            Refuse(Model.Replies.Refusal.BadParameter(name));
        return text == "yes";
    }

    /// <summary>One of the given words; the first one when absent.</summary>
    public string Choice(string name, params ReadOnlySpan<string> words)
    {
        if (_frame.Parameters[name] is not { } value)
            return words[0];
        if (!words.Contains(value))
            Refuse(Model.Replies.Refusal.BadParameter(name));
        return value;
    }

    /// <summary>The target as a place, with <c>~</c> read as the asker's own node; 484 if it is none.</summary>
    public Place Target(Address self)
    {
        if (_frame.Target is null)
            Refuse(Model.Replies.Refusal.BadRequest);
        else if (Place.TryParse(_frame.Target, out var place, out _))
            return place.Resolve(self);
        else
            Refuse(Model.Replies.Refusal.BadAddress);
        return new Place(self);
    }

    /// <summary>The target as the address of a node, without a path.</summary>
    public Address TargetNode(Address self)
    {
        var place = Target(self);
        if (!place.Path.IsRoot)
            Refuse(Model.Replies.Refusal.BadAddress);
        return place.Address ?? self;
    }

    public Address Address(string name)
    {
        if (Model.Addresses.Address.TryParse(Required(name), out var address, out _) && !address.IsDomain)
            return address;
        Refuse(Model.Replies.Refusal.BadParameter(name));
        return default;
    }

    /// <summary>Wire words of rights, joined by commas; null when absent.</summary>
    public Rights? Rights(string name)
    {
        if (_frame.Parameters[name] is not { } list)
            return null;
        if (RightsWords.TryParse(list, out var rights))
            return rights;
        Refuse(Model.Replies.Refusal.BadParameter(name));
        return null;
    }

    /// <summary>
    /// The required <c>who=</c> of a block list or allow list: a person, the members of a group, the users of a domain. An
    /// address may stand in it as people type it.
    /// </summary>
    public Principal ListedPrincipal()
    {
        const string Name = "who";
        if (Principal.TryParse(Required(Name), out var who)
            && (who.IsPerson || who.Group is not null || who.IsDomain))
            return who;
        Refuse(Model.Replies.Refusal.BadParameter(Name));
        return default;
    }

    public void Refuse(Refusal refusal) => Refusal ??= refusal;

    private static bool IsToken(string value) =>
        value.Length is > 0 and <= 64 && !value.AsSpan().ContainsAnyExcept(TokenLetters);
}
