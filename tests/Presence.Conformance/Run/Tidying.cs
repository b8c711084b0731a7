using Presence.Conformance.Users;
using Presence.Conformance.Wire;

namespace Presence.Conformance.Run;

/// <summary>Takes back what a check may have left in an account that the next check will use.</summary>
internal static class Tidying
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(10);

    public static async Task Of(Target target, Person person, IReadOnlyList<string> subscriptions)
    {
        using var limit = new CancellationTokenSource(Limit, TimeProvider.System);
        await using var scene = new Scene(target, new GivenPeople([]), limit.Token);
        try
        {
            var link = await scene.Connected(person, $"ep={Scene.Fresh("tidy")}");
            foreach (var id in subscriptions)
                await link.Ask($"UNSUB {id}");
            await link.Ask("SET ~/privacy/mode val=except");
            await Unlist(link);
            var all = await link.Ask("GET ~");
            foreach (var path in all.Items.Select(item => item.Words[0]).Where(IsOurs))
                await link.Ask($"DEL ~/{path}");
            await link.Ask("SETACL ~/status type=text/pip-acl", "");
            await link.Ask("SETACL ~ type=text/pip-acl", "");
            await link.Ask("QUIT");
        }
        catch (Exception exception) when (exception is CheckFailedException or OperationCanceledException or TimeoutException)
        {
            // A server that cannot be tidied shows that in the checks themselves.
        }
    }

    private static bool IsOurs(string path) => path is "status" or "note" or "mood" or "activity" or "forward" or "place" or "name" or "photo"
        || path.StartsWith("x.", StringComparison.Ordinal);

    private static async Task Unlist(Link link)
    {
        foreach (var item in (await link.Ask("LISTS ~")).Items)
            await link.Ask($"{(item["list"] == "allow" ? "UNALLOW" : "UNBLOCK")} ~ who={item.Words[0]}");
    }
}
