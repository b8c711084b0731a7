using System.Collections.Concurrent;
using Presence.Client.Tests.Scripts;

namespace Presence.Cli.Tests.Scripts;

/// <summary>Runs the command line with its world replaced: variables, terminal, input and output.</summary>
internal sealed class CliRun
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly StringWriter _out = new();
    private readonly StringWriter _error = new();

    public Dictionary<string, string> Variables { get; } = [];

    public TextReader In { get; set; } = TextReader.Null;

    /// <summary>What a person answers to prompts; without any there is no terminal.</summary>
    public Queue<string> Secrets { get; } = new();

    public string Out => _out.ToString();

    public string[] Lines => Out.Split(Environment.NewLine, StringSplitOptions.RemoveEmptyEntries);

    public string Error => _error.ToString();

    /// <summary>For alice at this server.</summary>
    public static CliRun At(ScriptedServer server) => new()
    {
        Variables =
        {
            ["Presence__Listeners__Pip"] = $"127.0.0.1:{server.Port}",
            ["PRESENCE_USER"] = "alice@localhost",
            ["PRESENCE_PASSWORD"] = LoginScript.Password,
        },
    };

    public Task<int> Run(params string[] arguments) => Run(CancellationToken.None, arguments);

    public Task<int> Run(CancellationToken cancellation, params string[] arguments) =>
        PresenceCommandLine.Run(arguments, new Surroundings
        {
            In = In,
            Out = _out,
            Error = _error,
            Variable = Variables.GetValueOrDefault,
            AskSecret = _ => Secrets.TryDequeue(out var secret) ? secret : null,
        }, cancellation).WaitAsync(Patience, CancellationToken.None);
}

/// <summary>Input that a test types line by line.</summary>
internal sealed class TypedInput : TextReader
{
    private readonly BlockingCollection<string> _lines = [];

    public void Type(string line) => _lines.Add(line);

    public void End() => _lines.CompleteAdding();

    public override string? ReadLine() => _lines.TryTake(out var line, Timeout.Infinite) ? line : null;
}
