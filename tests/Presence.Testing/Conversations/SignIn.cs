using System.Text;
using Presence.Testing.Wire;

namespace Presence.Testing.Conversations;

/// <summary>Plays `login`, `authenticate` or `attempt` on a connection, opening it first when there is none.</summary>
internal sealed class SignIn(Stage stage, SignInStep step)
{
    public async Task Run(CancellationToken cancel)
    {
        if (!stage.IsConnected(step.Actor))
            await stage.Connect(step.Actor, ConnectKind.ClearText, cancel);
        if (!stage.Of(step).Greeted)
            Require(await Read(cancel), "220");
        if (step.Tags.Hello > 0)
            await Ask($"HELLO {step.Tags.Hello} {Domain} v=1.0 role=client", "200", cancel);
        if (step.Tags.Auth > 0)
            await Authenticate(cancel);
        if (step.Tags.Bind > 0)
            await Ask($"BIND {step.Tags.Bind}{step.Options.Bind}", "200", cancel);
    }

    /// <summary>A user of another hosted domain is named with it: <c>bob@other.example</c>.</summary>
    private string Domain => step.Options.User.Split('@') is [_, var domain] ? domain : stage.Domain;

    private async Task Authenticate(CancellationToken cancel)
    {
        var options = step.Options;
        var scram = new ScramClient(options.User.Split('@')[0], options.Password, ScramClient.FreshNonce(), options.Flag);
        var first = $"AUTH {step.Tags.Auth} SCRAM-SHA-256 data={Base64(scram.ClientFirst)}";
        var challenge = await Ask(first, "310", cancel);
        var final = $"AUTH {step.Tags.Auth + 1} * data={Base64(scram.ClientFinal(Data(challenge)))}";
        if (options.Salt?.Mismatch(scram.Salt, stage.Bindings) is { } wrong)
            throw stage.Failure(step, $"the salt {wrong}, the story says {options.Salt.Text}");
        if (step.Depth == SignInDepth.Attempt)
        {
            await Write(final, cancel);
            return;
        }

        if (!scram.Proves(Data(await Ask(final, "200", cancel))))
            throw stage.Failure(step, "the server has not proven that it knows the password");
    }

    private async Task<WireLine> Ask(string line, string code, CancellationToken cancel)
    {
        await Write(line, cancel);
        return Require(await Read(cancel), code);
    }

    private Task Write(string line, CancellationToken cancel) =>
        stage.Of(step).Write(Encoding.UTF8.GetBytes(line + "\r\n"), cancel);

    private async Task<WireLine> Read(CancellationToken cancel) =>
        await stage.Of(step).Read(cancel) is { } frame
            ? WireLine.Parse(frame.Line)
            : throw stage.Failure(step, "the server closed the connection");

    private WireLine Require(WireLine line, string code) => line.Words[0] == code
        ? line
        : throw stage.Failure(step, $"received: {string.Join(' ', line.Words)}", $"{code} …");

    private string Data(WireLine line)
    {
        var octets = new byte[3 * (line["data"]?.Length ?? 0) / 4 + 3];
        return line["data"] is { } data && Convert.TryFromBase64String(data, octets, out var count)
            ? Encoding.UTF8.GetString(octets, 0, count)
            : throw stage.Failure(step, $"received: {string.Join(' ', line.Words)}", "data= with base64");
    }

    private static string Base64(string text) => Convert.ToBase64String(Encoding.UTF8.GetBytes(text));
}
