using Presence.Conformance.Run;
using Presence.Conformance.Statements;
using Presence.Conformance.Users;

namespace Presence.Conformance;

/// <summary>Says how far a server keeps PIP/1.0: see docs/conformance.md.</summary>
internal static class Program
{
    private const int Passed = 0;
    private const int SomeFailed = 1;
    private const int WrongUse = 2;

    private const string Help =
        """
        presence conformance HOST:PORT [option ...]

        Tries the statements of docs/protocol/conformance.md on any server of PIP/1.0 and prints a line for each.

          --domain D               the domain it serves (localhost)
          --tls                    TLS from the first octet; without it clear text
          --ws URL                 WebSocket, ws: or wss:
          --grpc                   the Session stream of presence.v1; with --tls over TLS
          --insecure               takes any certificate
          --ca FILE                trusts the certificates of this PEM file only
          --user NAME:PASSWORD     an account; six of them are enough for every check
          --admin URL              makes throw-away accounts over this node's HTTP administration instead
          --admin-token FILE       the node's admin.token (Presence__Data or ./data, admin.token in it)
          --protected PLACE:PHRASE an object behind a passphrase, for ACL-17 and ACL-18
          --only FRM,TOK-03        families and statements
          --announced              leaves out what needs a feature that the server does not announce
          --slow                   also what needs minutes
          --parallel N             checks at once (4; always 1 with --user)
          --patience S             seconds an answer may take (5)
          --verbose                the whole conversation under each FAIL
          --json                   one JSON document
          --list                   the statements, and which are checked; needs no server

        Exit code 0: nothing failed. 1: something did. 2: wrong use.
        """;

    public static async Task<int> Main(string[] words)
    {
        if (words.Length == 0 || words.Contains("--help") || words.Contains("-h"))
        {
            await Console.Out.WriteLineAsync(Help);
            return words.Length == 0 ? WrongUse : Passed;
        }

        using var stop = new CancellationTokenSource();
        Console.CancelKeyPress += (_, pressed) =>
        {
            pressed.Cancel = true;
            stop.Cancel();
        };
        try
        {
            return await Run(RunOptions.Read(words), stop.Token);
        }
        catch (UsageException exception)
        {
            await Console.Error.WriteLineAsync($"presence conformance: {exception.Message} See --help.");
            return WrongUse;
        }
        catch (CheckFailedException exception)
        {
            await Console.Error.WriteLineAsync($"presence conformance: {exception.Message}");
            return SomeFailed;
        }
        catch (OperationCanceledException)
        {
            return SomeFailed;
        }
    }

    private static async Task<int> Run(RunOptions options, CancellationToken stop)
    {
        var statements = Chosen(options.Only);
        if (options.List)
            return await List(statements);
        var target = options.Target();
        await using var people = People(options);
        var parallel = people.AreFresh ? options.Parallel : 1;
        var report = new Report(Console.Out, options.Json, options.Verbose);
        var run = new ConformanceRun(target, people, options.Slow, parallel);
        await run.AskForFeatures(options.Announced, stop);
        var verdicts = await run.Run(statements, report.Tell, stop);
        report.Close(verdicts);
        return verdicts.Any(verdict => verdict.Outcome == Outcome.Fail) ? SomeFailed : Passed;
    }

    private static async Task<int> List(IReadOnlyList<Statement> statements)
    {
        foreach (var statement in statements)
        {
            var how = Check.All.TryGetValue(statement.Id, out var check)
                ? check.Of.Slow ? "slow" : "checked"
                : $"not-applicable {OutOfSight.Why(statement.Id)}";
            await Console.Out.WriteLineAsync($"{statement.Id} {how}");
        }

        return Passed;
    }

    private static IReadOnlyList<Statement> Chosen(IReadOnlyList<string> only)
    {
        foreach (var word in only)
        {
            if (!Statement.All.Any(statement => statement.Id == word || statement.Family == word))
                throw new UsageException($"There is no statement or family {word}.");
        }

        return [.. Statement.All.Where(s => only.Count == 0 || only.Contains(s.Id) || only.Contains(s.Family))];
    }

    private static IPeople People(RunOptions options)
    {
        if (options.Administration is { } administration)
            return new ThrowAwayPeople(administration, Token(options.TokenFile), options.Domain);
        return new GivenPeople([.. options.Users.Select(user => user.Split(':', 2))
            .Select(parts => new Person(parts[0], parts[0], parts[1], options.Domain))]);
    }

    private static string Token(string? file)
    {
        file ??= Path.Combine(Environment.GetEnvironmentVariable("Presence__Data") ?? "data", "admin.token");
        try
        {
            return File.ReadAllText(file).Trim();
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new UsageException($"No admin token in {file}: name the file with --admin-token. ({exception.Message})");
        }
    }
}
