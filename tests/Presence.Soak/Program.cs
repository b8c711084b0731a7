namespace Presence.Soak;

/// <summary>Many clients that do everything at random: see docs/soak.md.</summary>
internal static class Program
{
    private const int Consistent = 0;
    private const int Violated = 1;
    private const int WrongUse = 2;

    private const string Help =
        """
        presence soak [option ...]

        Lets clients do everything at random, cuts their connections at random, and checks what they recorded.

          --clients N         how many, from 8 (500)
          --minutes M         how long they act; 0.5 is half a minute (10)
          --seed N            names the plan (1)
          --pace MS           mean time between two steps of a client (1500)
          --server HOST:PORT  a running node; without it one is started for the run
          --domain D          the domain it serves (localhost)
          --admin URL         its HTTP administration, to make the users
          --admin-token FILE  its admin.token

        Exit code 0: every history is consistent. 1: some is not, or the run broke off. 2: wrong use.
        """;

    public static async Task<int> Main(string[] words)
    {
        if (words.Contains("--help") || words.Contains("-h"))
        {
            await Console.Out.WriteLineAsync(Help);
            return Consistent;
        }

        SoakOptions options;
        try
        {
            options = SoakOptions.Read(words);
        }
        catch (SoakException exception)
        {
            await Console.Error.WriteLineAsync($"presence soak: {exception.Message}");
            return WrongUse;
        }

        using var stop = new CancellationTokenSource();
        Console.CancelKeyPress += (_, pressed) =>
        {
            pressed.Cancel = true;
            stop.Cancel();
        };
        return await Run(options, stop.Token);
    }

    private static async Task<int> Run(SoakOptions options, CancellationToken stop)
    {
        try
        {
            var result = await new SoakRun(options, Console.Out).Run(stop);
            await Console.Out.WriteLineAsync(result.Table());
            return result.Violations.Count == 0 ? Consistent : Violated;
        }
        catch (Exception exception) when (exception is SoakException or OperationCanceledException)
        {
            await Console.Error.WriteLineAsync($"presence soak: {exception.Message}");
            return Violated;
        }
    }
}
