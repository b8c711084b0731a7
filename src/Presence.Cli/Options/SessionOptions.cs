using System.CommandLine;
using System.Security.Cryptography;
using Presence.Cli.Output;
using Presence.Client.Connections;
using Presence.Model.Addresses;

namespace Presence.Cli.Options;

/// <summary>The options of every command that talks PIP.</summary>
internal sealed class SessionOptions(Surroundings surroundings)
{
    private const string ListenerVariable = "Presence__Listeners__Pip";

    private readonly Option<string?> _server = new("--server")
    {
        HelpName = "HOST:PORT",
        Description = $"The node to connect to [default: {ListenerVariable}, else 127.0.0.1:7749]",
    };

    private readonly Option<bool?> _tls = new("--tls")
    {
        HelpName = "true|false",
        Arity = ArgumentArity.ZeroOrOne,
        Description = "Use TLS [default: yes, except on a loopback address with a port other than 7750]",
    };

    private readonly Option<string?> _authorities = new("--ca")
    {
        HelpName = "FILE",
        Description = "Certificates (PEM) to trust besides the system's",
    };

    private readonly Option<string?> _user = new("--user")
    {
        HelpName = "ADDRESS",
        Description = "The account, such as alice@localhost [default: PRESENCE_USER]",
    };

    private readonly Option<string?> _endpoint = new("--endpoint")
    {
        HelpName = "NAME",
        Description = "Name of this endpoint of the account [default: cli- and four random digits]",
    };

    private readonly PasswordOption _password = new("Password of the account");

    private readonly Option<bool> _json = JsonOption.Create();

    public Surroundings Surroundings { get; } = surroundings;

    public void AddTo(Command command)
    {
        foreach (Option option in (Option[])[_server, _tls, _authorities, _user, _password.Option, _endpoint, _json])
            command.Options.Add(option);
    }

    public Report Report(ParseResult parsed) =>
        new(Surroundings.Out, Surroundings.Error, parsed.GetValue(_json));

    /// <exception cref="UsageException">Something is missing or makes no sense.</exception>
    public SessionSettings Read(ParseResult parsed)
    {
        var account = Account(parsed);
        return new SessionSettings(
            Connection(parsed, account.Domain),
            account,
            _password.Read(parsed, Surroundings, $"Password of {account}: "),
            Endpoint(parsed));
    }

    /// <summary>Without account and password, for shells; the domain is that of the account if there is one.</summary>
    public PipConnectionOptions ReadConnection(ParseResult parsed) =>
        Connection(parsed, UserText(parsed) is null ? Domain.Parse("localhost") : Account(parsed).Domain);

    private PipConnectionOptions Connection(ParseResult parsed, Domain domain)
    {
        var text = parsed.GetValue(_server) ?? Surroundings.Setting(ListenerVariable) ?? "127.0.0.1:7749";
        if (!ServerAddress.TryParse(text, port: null, out var server))
            throw new UsageException($"'{text}' is no server; write HOST:PORT.");

        var typed = parsed.GetResult(_tls) is { Implicit: false };
        return new PipConnectionOptions
        {
            Host = server.Host,
            Port = server.Port,
            Domain = domain,
            UseTls = typed ? parsed.GetValue(_tls) ?? true : server.UsesTlsByDefault,
            ExtraAuthorities = parsed.GetValue(_authorities) is { } file ? AuthorityFile.Load(file) : [],
            Time = Surroundings.Time,
        };
    }

    private string? UserText(ParseResult parsed) => parsed.GetValue(_user) ?? Surroundings.Setting("PRESENCE_USER");

    private Address Account(ParseResult parsed)
    {
        var text = UserText(parsed) ?? throw new UsageException("Who are you? Give --user or set PRESENCE_USER.");
        var account = AddressArgument.Parse(text);
        return account.IsDomain ? throw new UsageException($"'{text}' is no account; write name@domain.") : account;
    }

    private string Endpoint(ParseResult parsed)
    {
        var name = parsed.GetValue(_endpoint) ?? $"cli-{RandomNumberGenerator.GetHexString(4, lowercase: true)}";
        return name.Length is > 0 and <= 64 && name.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' or '.')
            ? name
            : throw new UsageException("An endpoint has 1 to 64 letters, digits, '-', '_' or '.'.");
    }
}
