using System.Globalization;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Presence.Conformance.Wire;

namespace Presence.Conformance;

/// <summary>The words on the command line make no sense.</summary>
internal sealed class UsageException(string message) : Exception(message);

/// <summary>The command line, taken apart.</summary>
internal sealed class RunOptions
{
    public string Host { get; private set; } = "";

    public int Port { get; private set; }

    public string Domain { get; private set; } = "localhost";

    public bool Tls { get; private set; }

    public bool Grpc { get; private set; }

    public Uri? WebSocket { get; private set; }

    public bool Insecure { get; private set; }

    public string? AuthorityFile { get; private set; }

    public bool Json { get; private set; }

    public bool Slow { get; private set; }

    public bool Verbose { get; private set; }

    /// <summary>What needs a feature that the server does not announce is left out.</summary>
    public bool Announced { get; private set; }

    public bool List { get; private set; }

    /// <summary>Checks at once. 1 to 64, default 4.</summary>
    public int Parallel { get; private set; } = 4;

    /// <summary>Seconds that one answer may take. 1 to 60, default 5.</summary>
    public int Patience { get; private set; } = 5;

    /// <summary>Families and ids; empty for all.</summary>
    public IReadOnlyList<string> Only { get; private set; } = [];

    public List<string> Users { get; } = [];

    public Uri? Administration { get; private set; }

    public string? TokenFile { get; private set; }

    /// <summary>Address of an object, a colon, its passphrase.</summary>
    public string? Protected { get; private set; }

    /// <summary>A bearer token whose time is over, of an issuer that the server trusts.</summary>
    public string? ExpiredToken { get; private set; }

    /// <exception cref="UsageException">An unknown word, a missing value, a contradiction.</exception>
    public static RunOptions Read(IReadOnlyList<string> words)
    {
        var options = new RunOptions();
        for (var i = 0; i < words.Count; i++)
        {
            if (words[i].StartsWith("--", StringComparison.Ordinal) && !options.Flag(words[i]))
                options.Set(words[i], ++i < words.Count ? words[i] : throw new UsageException($"{words[i - 1]} needs a value."));
            else if (!words[i].StartsWith("--", StringComparison.Ordinal))
                options.Server(words[i]);
        }

        options.Complete();
        return options;
    }

    /// <summary>The server under test.</summary>
    /// <exception cref="UsageException">The file of --ca cannot be read.</exception>
    public Target Target() => new(Carrier, Host, Port, Domain)
    {
        Url = WebSocket,
        IsSecure = Tls,
        Insecure = Insecure,
        Roots = AuthorityFile is null ? null : Roots(AuthorityFile),
        Patience = TimeSpan.FromSeconds(Patience),
        ExpiredToken = ExpiredToken,
        Protected = Protected?.Split(':', 2) is [var place, var phrase] ? (place, phrase) : null,
    };

    private Carrier Carrier => WebSocket is not null ? Carrier.WebSocket : Grpc ? Carrier.Grpc : Tls ? Carrier.Tls : Carrier.Clear;

    private bool Flag(string word)
    {
        switch (word)
        {
            case "--tls": Tls = true; return true;
            case "--grpc": Grpc = true; return true;
            case "--insecure": Insecure = true; return true;
            case "--json": Json = true; return true;
            case "--slow": Slow = true; return true;
            case "--verbose": Verbose = true; return true;
            case "--announced": Announced = true; return true;
            case "--list": List = true; return true;
            default: return false;
        }
    }

    private void Set(string word, string value)
    {
        switch (word)
        {
            case "--only": Only = [.. Only, .. value.Split(',')]; break;
            case "--domain": Domain = value; break;
            case "--ws": WebSocket = Absolute(word, value, "ws", "wss"); break;
            case "--ca": AuthorityFile = value; break;
            case "--user": Users.Add(value); break;
            case "--admin": Administration = Absolute(word, value, "http", "https"); break;
            case "--admin-token": TokenFile = value; break;
            case "--protected": Protected = value; break;
            case "--expired-token": ExpiredToken = value; break;
            case "--parallel": Parallel = Whole(word, value, 64); break;
            case "--patience": Patience = Whole(word, value, 60); break;
            default: throw new UsageException($"There is no option {word}.");
        }
    }

    private void Server(string word)
    {
        var colon = word.LastIndexOf(':');
        if (Host.Length > 0 || colon <= 0 || !int.TryParse(word.AsSpan(colon + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var port) || port is 0 or > 65_535)
            throw new UsageException($"'{word}' is not HOST:PORT, or there are two of them.");
        Host = word[..colon].Trim('[', ']');
        Port = port;
    }

    private void Complete()
    {
        if (List)
            return;
        if (WebSocket is { } url && Host.Length == 0)
            (Host, Port) = (url.Host, url.Port);
        if (Host.Length == 0)
            throw new UsageException("Which server? HOST:PORT, or --ws URL.");
        if (Grpc && WebSocket is not null)
            throw new UsageException("--grpc and --ws exclude each other.");
        if (Tls && WebSocket is not null)
            throw new UsageException("--tls and --ws exclude each other: a wss: URL is TLS.");
        if (Users.Count == 0 && Administration is null)
            throw new UsageException("Who logs in? --user NAME:PASSWORD (about six of them), or --admin URL.");
        if (Users.Find(user => user.IndexOf(':', StringComparison.Ordinal) <= 0) is not null)
            throw new UsageException("--user is NAME:PASSWORD.");
        if (Protected?.Contains(':', StringComparison.Ordinal) == false)
            throw new UsageException("--protected is ADDRESS/PATH:PASSPHRASE.");
    }

    private static Uri Absolute(string word, string value, params string[] schemes) =>
        Uri.TryCreate(value, UriKind.Absolute, out var url) && schemes.Contains(url.Scheme)
            ? url
            : throw new UsageException($"{word} takes a URL that begins with {string.Join(" or ", schemes)}.");

    private static int Whole(string word, string value, int most) =>
        int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= 1 && number <= most
            ? number
            : throw new UsageException($"{word} takes a number from 1 to {most}.");

    private static X509Certificate2Collection Roots(string file)
    {
        try
        {
            var roots = new X509Certificate2Collection();
            roots.ImportFromPemFile(file);
            return roots;
        }
        catch (Exception exception) when (exception is IOException or CryptographicException or UnauthorizedAccessException)
        {
            throw new UsageException($"No certificates can be read from {file}: {exception.Message}");
        }
    }
}
