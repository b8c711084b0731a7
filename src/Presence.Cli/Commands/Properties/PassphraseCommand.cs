using System.CommandLine;
using Presence.Cli.Options;
using Presence.Model.Addresses;

namespace Presence.Cli.Commands.Properties;

/// <summary>
/// <c>presence passphrase …</c>: what others prove to read an object (docs/protocol/access.md, "Passphrases").
/// </summary>
internal static class PassphraseCommand
{
    private const int MaxIdLength = 64;

    public static Command Build(SessionOptions options) =>
        new("passphrase", "Passphrases that open something of yours. 'presence acl set ~/diary \"allow pass:ID read\"' "
            + "opens ~/diary to who knows the passphrase ID")
        {
            BuildSet(options),
            BuildRemove(options),
        };

    private static Command BuildSet(SessionOptions options)
    {
        var argument = Id();
        var command = new Command("set", "Set or change one. It is asked for [default: PRESENCE_PASSPHRASE], "
            + "and cannot be read back") { argument };
        return command.RunsUnseen(options, parsed =>
        {
            var id = parsed.GetRequiredValue(argument);
            var place = PlaceOf(id);
            var secret = PassphraseSource.ReadNew(options.Surroundings, $"New passphrase '{id}': ");
            return async (session, report, cancellation) =>
            {
                var answer = (await session.Ask("SET", place.ToString(), [("val", secret)],
                    cancellation: cancellation)).Require();
                report.Tell($"passphrase {id} set; who proves it is pass:{id} in access lists",
                    ("event", "passphrase-set"), ("id", id), ("version", answer.Version));
                return ExitCode.Ok;
            };
        });
    }

    private static Command BuildRemove(SessionOptions options)
    {
        var argument = Id();
        var command = new Command("remove", "Take one away: it opens nothing any more") { argument };
        return command.RunsUnseen(options, parsed =>
        {
            var id = parsed.GetRequiredValue(argument);
            var place = PlaceOf(id);
            return async (session, report, cancellation) =>
            {
                (await session.Ask("DEL", place.ToString(), cancellation: cancellation)).Require();
                report.Tell($"passphrase {id} removed", ("event", "passphrase-removed"), ("id", id));
                return ExitCode.Ok;
            };
        });
    }

    private static Argument<string> Id() =>
        new("ID") { Description = "Its name: 1 to 64 letters, digits, '-', '_' or '.'" };

    private static Place PlaceOf(string id) =>
        id.Length is > 0 and <= MaxIdLength && id.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' or '.')
            ? AddressArgument.ParsePlace($"~/pass/{id}")
            : throw new UsageException("The name of a passphrase has 1 to 64 letters, digits, '-', '_' or '.'.");
}
