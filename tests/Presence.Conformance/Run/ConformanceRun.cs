using Presence.Conformance.Statements;
using Presence.Conformance.Users;
using Presence.Conformance.Wire;
using Presence.Testing.Wire;

namespace Presence.Conformance.Run;

/// <summary>Plays the checks against one server.</summary>
/// <param name="slow">Also those that take minutes.</param>
/// <param name="parallel">How many at once.</param>
internal sealed class ConformanceRun(Target target, IPeople people, bool slow, int parallel)
{
    private static readonly TimeSpan Usual = TimeSpan.FromSeconds(45);
    private string[]? _features;

    /// <summary>Knocks once, so that a server that is not there fails once.</summary>
    /// <param name="keepToThem">Statements about features that the server does not announce are left out.</param>
    /// <exception cref="CheckFailedException">There is no connection, or no answer to HELLO.</exception>
    public async Task AskForFeatures(bool keepToThem, CancellationToken cancel)
    {
        await using var scene = new Scene(target, people, cancel);
        await using var link = await scene.Raw();
        if (keepToThem)
            _features = (await scene.Opened(await Scene.Greeted(link))).Hello!["features"]?.Split(',') ?? [];
    }

    /// <param name="told">Called for each statement in the order of the list, as soon as it is its turn.</param>
    public async Task<IReadOnlyList<Verdict>> Run(
        IReadOnlyList<Statement> statements, Action<Verdict> told, CancellationToken cancel)
    {
        using var places = new SemaphoreSlim(parallel);
        List<Task<Verdict>> together =
            [.. statements.Where(statement => !IsAlone(statement)).Select(statement => Placed(statement, places, cancel))];
        List<Verdict> verdicts = [];
        foreach (var verdict in together)
            verdicts.Add(Tell(await verdict, told));
        foreach (var statement in statements.Where(IsAlone))
            verdicts.Add(Tell(await Judge(statement, cancel), told));
        return verdicts;
    }

    private static Verdict Tell(Verdict verdict, Action<Verdict> told)
    {
        told(verdict);
        return verdict;
    }

    private static bool IsAlone(Statement statement) => Check.All.GetValueOrDefault(statement.Id)?.Of.Alone == true;

    private async Task<Verdict> Placed(Statement statement, SemaphoreSlim places, CancellationToken cancel)
    {
        await places.WaitAsync(cancel);
        try
        {
            return await Judge(statement, cancel);
        }
        finally
        {
            places.Release();
        }
    }

    private async Task<Verdict> Judge(Statement statement, CancellationToken cancel)
    {
        if (!Check.All.TryGetValue(statement.Id, out var check))
            return new Verdict(statement, Outcome.NotApplicable, OutOfSight.Why(statement.Id), []);
        if (check.Misses(target.Carrier) is { } missing)
            return new Verdict(statement, Outcome.NotApplicable, missing, []);
        if (check.Feature is { } feature && _features?.Contains(feature) == false)
            return new Verdict(statement, Outcome.NotApplicable, $"the server does not announce the feature {feature}", []);
        return check.Of.Slow && !slow
            ? new Verdict(statement, Outcome.NotApplicable, "slow: use --slow", [])
            : await Play(statement, check, cancel);
    }

    private async Task<Verdict> Play(Statement statement, Check check, CancellationToken cancel)
    {
        var limit = check.Of.Limit > 0 ? TimeSpan.FromSeconds(check.Of.Limit) : Usual;
        using var clock = new CancellationTokenSource(limit, TimeProvider.System);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(clock.Token, cancel);
        var scene = new Scene(target, people, stop.Token) { IsSlow = slow };
        try
        {
            await check.Play(scene);
            return new Verdict(statement, Outcome.Pass, scene.Untried.Length == 0 ? "" : $"(without: {scene.Untried})", []);
        }
        catch (NotApplicableException exception)
        {
            return new Verdict(statement, Outcome.NotApplicable, exception.Message, []);
        }
        catch (Exception exception) when (!cancel.IsCancellationRequested)
        {
            return new Verdict(statement, Outcome.Fail, Told(exception, limit), scene.Transcript);
        }
        finally
        {
            await scene.DisposeAsync();
        }
    }

    private static string Told(Exception exception, TimeSpan limit) => exception switch
    {
        CheckFailedException => exception.Message,
        WireException => $"the server broke the wire format: {exception.Message}",
        OperationCanceledException => $"not done within {limit.TotalSeconds:0} s",
        _ => $"{exception.GetType().Name}: {exception.Message}",
    };
}
