using System.CommandLine;
using System.Security.Cryptography;
using Presence.Cli.Options;

namespace Presence.Cli.Commands;

internal static class InviteCommand
{
    public static Command Build(SessionOptions options)
    {
        var to = new Argument<string>("ADDR") { Description = "Whom to call" };
        var file = new Argument<string>("FILE") { Description = "The offer; - reads it from the input, as text" };
        var type = new Option<string>("--type")
        {
            HelpName = "MIME",
            Required = true,
            Description = "What the offer is: application/sdp, text/uri-list and so on",
        };
        var life = Typed.Number("--ttl", "SECONDS", "How long it rings, 1 to 600 [default: 30]");
        var command = new Command("invite",
            "Offer a session in another medium and wait for the answer; Ctrl-C withdraws it") { to, file, type, life };
        return command.RunsUnseen(options, parsed =>
        {
            var offer = new Ringing.Offer(
                AddressArgument.Parse(parsed.GetRequiredValue(to)),
                RandomNumberGenerator.GetHexString(24, lowercase: true),
                parsed.GetRequiredValue(type),
                parsed.Read(life, least: 1),
                OfferFile.Read(parsed.GetRequiredValue(file), options.Surroundings.In));
            return (session, report, cancellation) => new Ringing(session, report, offer).Run(cancellation);
        });
    }
}
