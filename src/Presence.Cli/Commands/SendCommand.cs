using System.CommandLine;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Presence.Cli.Options;
using Presence.Cli.Output;
using Presence.Client;
using Presence.Model.Addresses;
using Presence.Model.Groups;

namespace Presence.Cli.Commands;

internal static class SendCommand
{
    private const int MaxRecipients = 50;

    public static Command Build(SessionOptions options)
    {
        var words = new Argument<string[]>("ADDR TEXT")
        {
            Arity = new ArgumentArity(2, MaxRecipients + 1),
            Description = $"1 to {MaxRecipients} addresses, or one group or DOMAIN/interest/CLASS; "
                + "then the message, in quotes",
        };
        var best = new Option<bool>("--best") { Description = "Only to the endpoint where it is most likely seen" };
        var subject = Typed.Text("--subject", "TEXT", "The subject");
        var topic = Typed.Text("--class", "CLASS", "The class of interest, such as games.chess");
        var life = Typed.Number("--ttl", "SECONDS", "How long it may wait on the way [default: 30]");
        var command = new Command("send", "Send one message and tell what the server says to it")
        {
            words, best, subject, topic, life,
        };
        return command.RunsUnseen(options, parsed =>
        {
            var typed = parsed.GetRequiredValue(words);
            var to = Recipients(typed[..^1]);
            List<(string, string?)> parameters =
            [
                ("ttl", parsed.Read(life, least: 1)), ("class", parsed.GetValue(topic)),
                ("subject", parsed.GetValue(subject)), ("deliver", parsed.GetValue(best) ? "best" : null),
            ];
            return (session, report, cancellation) => Send(session, report, to, (parameters, typed[^1]), cancellation);
        });
    }

    public static void Tell(this Report report, Address to, SendResult result) => report.Tell(to.ToString(), result);

    private static void Tell(this Report report, string to, SendResult result)
    {
        var told = result.Text is null ? "" : $" ({result.Text})";
        if (result.IsAccepted)
            report.Tell($"accepted for {to}", Members("sent", to, result));
        else
            report.Tell($"not sent to {to}: {result.Code} {result.Reason}{told}. {Meaning(result)}",
                Members("refused", to, result));
    }

    // An unquoted message must not pass for recipients, as a word of it would for a domain.
    private static Place[] Recipients(string[] typed)
    {
        var places = Array.ConvertAll(typed, AddressArgument.ParsePlace);
        for (var index = 0; index < places.Length; index++)
        {
            if (!IsOneOf(places[index], places.Length))
                throw new UsageException(
                    $"'{UriSecret.Hide(typed[index])}' is nobody to write to; put the message in quotes.");
        }

        return places;
    }

    private static bool IsOneOf(Place place, int number) => place.Path.IsRoot
        ? place.Address is { IsDomain: false } || (place.IsOwn && number == 1)
        : number == 1 && InterestNode.TryRead(place, out _);

    private static async Task<int> Send(PresenceClient session, Report report, Place[] to,
        (List<(string, string?)> Parameters, string Text) message, CancellationToken cancellation)
    {
        var mid = RandomNumberGenerator.GetHexString(24, lowercase: true);
        var list = to.Length > 1 ? string.Join(',', to) : null;
        var answer = await session.Ask("SEND", list is null ? to[0].ToString() : "*",
            [("to", list), ("mid", mid), ("type", "text/plain;charset=utf-8"), .. message.Parameters],
            Encoding.UTF8.GetBytes(message.Text), cancellation);
        SendResult Result(int code, string reason, string? text) => new(mid, code, reason, text);
        if (answer.Code != 207)
        {
            var result = Result(answer.Code, answer.Reason, answer.Parameters["text"]);
            report.Tell(list ?? to[0].ToString(), result);
            return result.IsAccepted ? ExitCode.Ok : ExitCode.Refused;
        }

        var areAllAccepted = true;
        foreach (var item in answer.Items())
        {
            _ = int.TryParse(item.Second, out var code);
            var result = Result(code, item.Third ?? "", item.Parameters["to"] is { } moved ? $"now at {moved}" : null);
            areAllAccepted &= result.IsAccepted;
            report.Tell(item.First, result);
        }

        return areAllAccepted ? ExitCode.Ok : ExitCode.Refused;
    }

    private static string Meaning(SendResult result) => CodeMeaning.Of(result.Code, result.Reason);

    private static (string, JsonNode?)[] Members(string name, string to, SendResult result) =>
    [
        ("event", name), ("to", to), ("mid", result.Mid), ("code", result.Code),
        ("reason", result.Reason), ("text", result.Text),
    ];
}
