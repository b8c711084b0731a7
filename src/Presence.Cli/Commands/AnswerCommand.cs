using System.CommandLine;
using System.Globalization;
using Presence.Cli.Options;
using Presence.Cli.Output;
using Presence.Client;
using Presence.Model.Addresses;

namespace Presence.Cli.Commands;

/// <summary>Waits for an invitation and answers it (docs/protocol/messages.md, "Invitations").</summary>
internal static class AnswerCommand
{
    private const int Accepted = 200;
    private const int Declined = 603;

    public static Command Build(SessionOptions options)
    {
        var file = new Argument<string?>("FILE")
        {
            Arity = ArgumentArity.ZeroOrOne,
            Description = "What to answer with; - reads it from the input, as text [default: nothing]",
        };
        var type = new Option<string?>("--type") { HelpName = "MIME", Description = "What FILE is" };
        var from = new Option<string?>("--from") { HelpName = "ADDR", Description = "Whose [default: anybody's]" };
        var decline = new Option<bool>("--decline") { Description = "Decline it, for all your endpoints" };
        var command = new Command("answer", "Wait for an invitation, print it, and accept or decline it")
        {
            file, type, from, decline,
        };
        return command.RunsIn(options, async (parsed, cancellation) =>
        {
            var caller = parsed.GetValue(from) is { } address ? AddressArgument.Parse(address) : (Address?)null;
            var reply = Read(parsed.GetValue(file), parsed.GetValue(type), parsed.GetValue(decline), options);
            var report = options.Report(parsed);
            await using var session = await options.Read(parsed).Open(cancellation);
            report.Remark($"waiting for an invitation; Ctrl-C ends it");
            return await Wait(session, report, caller, reply, cancellation);
        });
    }

    private static async Task<int> Wait(
        PresenceSession session, Report report, Address? caller, Reply reply, CancellationToken cancellation)
    {
        await foreach (var happened in session.Events(cancellation))
        {
            if (happened is not InvitationOffer offer || (caller is { } wanted && !offer.From.Equals(wanted)))
                continue;

            report.Tell(offer);
            var answer = await session.Ask("ANSWER", offer.From.ToString(),
                [
                    ("inv", offer.Id), ("code", reply.Code.ToString(CultureInfo.InvariantCulture)),
                    ("type", reply.ContentType),
                ], reply.Body, cancellation);
            answer.Require();
            session.Acknowledge(offer);
            report.Tell($"answered {offer.From} with {reply.Code}",
                ("event", "answered"), ("to", offer.From.ToString()), ("inv", offer.Id), ("code", reply.Code));
            return ExitCode.Ok;
        }

        throw new InvalidOperationException("Events end with an error only, while the session is open.");
    }

    private static Reply Read(string? file, string? type, bool declines, SessionOptions options)
    {
        if (declines)
            return file is null ? new Reply(Declined, null, null)
                : throw new UsageException("Who declines has nothing to answer with: leave FILE out.");
        if (file is null)
            return new Reply(Accepted, null, null);

        return type is null
            ? throw new UsageException("--type tells what FILE is, such as application/sdp.")
            : new Reply(Accepted, type, OfferFile.Read(file, options.Surroundings.In));
    }

    private sealed record Reply(int Code, string? ContentType, ReadOnlyMemory<byte>? Body);
}
