using System.Buffers;
using System.CommandLine;
using Presence.Cli.Options;
using Presence.Cli.Output;
using Presence.Client;
using Presence.Protocol.Bodies;

namespace Presence.Cli.Commands.Groups;

internal static class GroupCreateCommand
{
    public static Command Build(SessionOptions options)
    {
        var argument = Typed.Group();
        var settings = Settings();
        var topic = Typed.Text("--topic", "TEXT", "What it is about");
        var rule = Typed.Text("--rule", "RULE",
            "Whom it reaches without joining: domain (all users), or interest:PATTERN");
        var command = new Command("create", "Make a group, whose owner you are") { argument, topic, rule };
        foreach (var setting in settings)
            command.Options.Add(setting);

        return command.RunsUnseen(options, parsed =>
        {
            var group = AddressArgument.Parse(parsed.GetRequiredValue(argument)).ToString();
            var given = settings.Select(setting => (setting.Name[2..], parsed.GetValue(setting)))
                .Append(("rule", parsed.GetValue(rule))).ToList();
            var about = parsed.GetValue(topic);
            return (session, report, cancellation) => Create(session, report, group, given, about, cancellation);
        });
    }

    private static Option<string?>[] Settings() =>
    [
        Setting("--join", "Who may become a member [default: ask]", "open", "ask", "invite", "closed"),
        Setting("--send", "Who may write to it [default: members]", "all", "members", "moderators"),
        Setting("--list", "Who may see the members [default: members]", "all", "members", "moderators", "nobody"),
        Setting("--anon", "Whether members see only how many they are [default: no]", "yes", "no"),
    ];

    private static Option<string?> Setting(string name, string description, params string[] words)
    {
        var option = new Option<string?>(name) { HelpName = string.Join('|', words), Description = description };
        option.AcceptOnlyFromAmong(words);
        return option;
    }

    private static async Task<int> Create(PresenceClient session, Report report, string group,
        List<(string, string?)> settings, string? topic, CancellationToken cancellation)
    {
        var body = topic is null ? (ReadOnlyMemory<byte>?)null : TopicBody(topic);
        var answer = (await session.Ask("CREATE", group,
            [("kind", "group"), .. settings, ("type", body is null ? null : "text/pip-props")], body,
            cancellation)).Require();
        report.Tell($"{group} is there, and yours",
            ("event", "created"), ("group", group), ("version", answer.Version));
        return ExitCode.Ok;
    }

    private static ReadOnlyMemory<byte> TopicBody(string topic)
    {
        var octets = new ArrayBufferWriter<byte>();
        var writer = new LineBodyWriter(octets);
        writer.Item("topic");
        writer.Param("val", topic);
        writer.End();
        return octets.WrittenMemory;
    }
}
