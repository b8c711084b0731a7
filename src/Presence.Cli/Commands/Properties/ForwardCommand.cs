using System.CommandLine;
using Presence.Cli.Options;
using Presence.Cli.Output;
using Presence.Client;

namespace Presence.Cli.Commands.Properties;

/// <summary><c>presence forward</c>: where messages go instead (docs/protocol/messages.md, "Forwarding").</summary>
internal static class ForwardCommand
{
    private const string Rule = "~/forward";

    public static Command Build(SessionOptions options)
    {
        var to = new Argument<string?>("ADDR")
        {
            Arity = ArgumentArity.ZeroOrOne,
            Description = "Where to; without it the rule is shown",
        };
        var mode = new Option<string?>("--mode")
        {
            HelpName = "refer|proxy|alias",
            Description = "refer: tell the sender where you are; proxy: send messages on; "
                + "alias: be another name of ADDR [default: refer]",
        };
        mode.AcceptOnlyFromAmong("refer", "proxy", "alias");
        var lease = Typed.Number("--lease", "SECONDS", "How long [default: until --off]");
        var off = new Option<bool>("--off") { Description = "Forward nothing any more" };
        var command = new Command("forward", "Have messages go elsewhere") { to, mode, lease, off };
        command.Validators.Add(result =>
        {
            if (result.GetResult(off) is not null && result.GetValue(to) is not null)
                result.AddError("Give either an address or --off.");
            if (result.GetValue(to) is null && (result.GetValue(mode) ?? (object?)result.GetValue(lease)) is not null)
                result.AddError("--mode and --lease belong to an address.");
        });
        return command.RunsUnseen(options, parsed =>
        {
            if (parsed.GetValue(off))
                return TurnOff;

            if (parsed.GetValue(to) is not { } text)
                return Show;

            var address = AddressArgument.Parse(text).ToString();
            var (how, life) = (parsed.GetValue(mode), parsed.Read(lease, least: 1));
            return (session, report, cancellation) => Set(session, report, (address, how, life), cancellation);
        });
    }

    private static async Task<int> Set(PresenceClient session, Report report,
        (string To, string? Mode, string? Lease) rule, CancellationToken cancellation)
    {
        var answer = (await session.Ask("SET", Rule, [("val", rule.To), ("mode", rule.Mode), ("lease", rule.Lease)],
            cancellation: cancellation)).Require();
        var life = rule.Lease is null ? "until --off" : $"for {rule.Lease} s";
        report.Tell($"messages go to {rule.To} ({rule.Mode ?? "refer"}) {life}",
            ("event", "forward"), ("to", rule.To), ("mode", rule.Mode ?? "refer"), ("version", answer.Version));
        return ExitCode.Ok;
    }

    private static async Task<int> TurnOff(PresenceClient session, Report report, CancellationToken cancellation)
    {
        (await session.Ask("DEL", Rule, cancellation: cancellation)).Require();
        report.Tell($"nothing is forwarded any more", ("event", "forward-off"));
        return ExitCode.Ok;
    }

    private static async Task<int> Show(PresenceClient session, Report report, CancellationToken cancellation)
    {
        var rule = await session.Ask("GET", Rule, cancellation: cancellation);
        if (rule.Code is 404 or 410)
        {
            report.Tell($"nothing is forwarded", ("event", "forward-off"));
            return ExitCode.Ok;
        }

        var to = rule.Require().Parameters["val"];
        var mode = (await session.Ask("GET", $"{Rule}/mode", cancellation: cancellation)).Parameters["val"] ?? "refer";
        var life = rule.Parameters["lease"] is { } seconds ? $", for {seconds} s more" : "";
        report.Tell($"messages go to {to} ({mode}){life}",
            ("event", "forward"), ("to", to), ("mode", mode), ("lease", rule.Number("lease")),
            ("version", rule.Version));
        return ExitCode.Ok;
    }
}
