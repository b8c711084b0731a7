using System.Buffers;
using System.Text;

namespace Presence.Model.Addresses;

/// <summary>The parameters of a pip: URI's action: <c>*( ";" pname "=" *( plain / upct / UTF8-na ) )</c>.</summary>
internal sealed class PipParameters
{
    private const string PassName = "pass";
    private const int MaxName = 16;

    private static readonly SearchValues<char> Plain = SearchValues.Create(
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~!$'()*+,:@/");

    private readonly List<KeyValuePair<string, string>> _shown = [];

    public IReadOnlyList<KeyValuePair<string, string>> Shown => _shown;

    public string? Pass { get; private set; }

    /// <param name="text">What follows the action, from its first semicolon on; may be empty.</param>
    public AddressFault Read(ReadOnlySpan<char> text)
    {
        if (text.IsEmpty) return default;
        foreach (var range in text[1..].Split(';'))
        {
            var fault = ReadOne(text[1..][range]);
            if (!fault.IsNone) return fault;
        }

        return default;
    }

    public static void Append(StringBuilder uri, string name, string value)
    {
        uri.Append(';').Append(name).Append('=');
        PercentCoding.Encode(uri, value, Plain);
    }

    private AddressFault ReadOne(ReadOnlySpan<char> parameter)
    {
        var equals = parameter.IndexOf('=');
        if (equals < 0 || !IsName(parameter[..equals])) return AddressFault.Parameter;
        var name = parameter[..equals].ToString();
        if (IsKnown(name) || Count == PipUri.MaxParameters) return AddressFault.Parameter;

        var raw = parameter[(equals + 1)..];
        foreach (var c in raw)
            if (char.IsAscii(c) && c != '%' && !Plain.Contains(c))
                return AddressFault.Parameter;
        var fault = PercentCoding.Decode(raw, anyCase: true, AddressFault.Parameter, out var value);
        if (!fault.IsNone) return fault;
        if (name == PassName) Pass = value;
        else _shown.Add(new(name, value));
        return default;
    }

    private int Count => _shown.Count + (Pass is null ? 0 : 1);

    private bool IsKnown(string name) =>
        name == PassName ? Pass is not null : _shown.Exists(p => p.Key == name);

    private static bool IsName(ReadOnlySpan<char> name)
    {
        if (name.Length is 0 or > MaxName || !char.IsAsciiLetterLower(name[0])) return false;
        foreach (var c in name)
            if (!char.IsAsciiLetterLower(c) && !char.IsAsciiDigit(c) && c != '-')
                return false;
        return true;
    }
}
