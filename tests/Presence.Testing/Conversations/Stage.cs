using System.Buffers.Text;
using System.Globalization;
using System.Text;
using Presence.Testing.Wire;

namespace Presence.Testing.Conversations;

/// <summary>The state of a story that is being told: connections and variables.</summary>
internal sealed class Stage(Conversation conversation, IConversationHost host) : IAsyncDisposable
{
    private readonly Dictionary<string, ActorConnection> _connections = new(StringComparer.Ordinal);

    private readonly Dictionary<string, SealedClient> _sealed = new(StringComparer.Ordinal);

    public Bindings Bindings { get; } = new();

    public string Domain => host.Domain;

    public Task Play(Step step, CancellationToken cancel) => step switch
    {
        ClockStep clock => host.AdvanceClock(clock.By, cancel),
        RemoveStep remove => host.RemoveUser(remove.Local, cancel),
        ConnectStep connect => Connect(connect.Actor, connect.Kind, cancel),
        ConnectUdpStep udp => ConnectUdp(udp),
        CutStep cut => Cut(cut.Actor),
        RawStep raw => Of(raw).Write(raw.Octets, cancel),
        SendStep send => Of(send).Write(Octets(send), cancel),
        ExpectStep or AnyOrderStep or NothingStep or ClosedStep => new Listener(this).Hear(step, cancel),
        SignInStep signIn => new SignIn(this, signIn).Run(cancel),
        _ => throw new InvalidOperationException($"no play for {step.GetType().Name}"),
    };

    public ActorConnection Of(ActorStep step) => _connections[step.Actor];

    public bool IsConnected(string actor) => _connections.ContainsKey(actor);

    public async Task Connect(string actor, ConnectKind kind, CancellationToken cancel)
    {
        if (_connections.ContainsKey(actor))
            await Cut(actor);
        _connections[actor] = new ActorConnection(await host.Connect(actor, kind, cancel));
    }

    /// <summary>Another address of the same key goes on with its numbers.</summary>
    private async Task ConnectUdp(ConnectUdpStep step)
    {
        if (_connections.ContainsKey(step.Actor))
            await Cut(step.Actor);
        var uid = Value(step.Uid);
        if (!_sealed.TryGetValue(uid, out var client))
            _sealed[uid] = client = new SealedClient(uid, Base64Url.DecodeFromChars(Value(step.Key)));
        var port = int.Parse(Value(step.Port), CultureInfo.InvariantCulture);
        _connections[step.Actor] = new ActorConnection(new SealedStream(client, port), repeats: true);
    }

    private string Value(string text) => Variable.Replace(text, name => Bindings[name]);

    public async Task Cut(string actor)
    {
        if (_connections.Remove(actor, out var connection))
            await connection.DisposeAsync();
    }

    public ConversationFailedException Failure(Step step, string because, string? expected = null)
    {
        var message = new StringBuilder();
        message.AppendLine($"{conversation.Path}:{step.Line}: {conversation.Title}");
        expected ??= (step as ExpectStep)?.Frame.Text;
        if (expected is not null)
            message.AppendLine($"  expected: {expected}");
        message.AppendLine($"  but {because}");
        if (Bindings.ToString() is { Length: > 0 } known)
            message.AppendLine($"  where {known}");
        if (step is ActorStep { Actor: var actor } && _connections.TryGetValue(actor, out var connection))
            message.AppendLine($"  {actor} so far:").AppendLine(connection.Transcript());
        return new ConversationFailedException(message.ToString());
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var connection in _connections.Values)
            await connection.DisposeAsync();
        _connections.Clear();
    }

    private byte[] Octets(SendStep send)
    {
        var line = Variable.Replace(send.Text, name => Bindings[name]);
        var octets = new List<byte>(Encoding.UTF8.GetBytes(line));
        if (send.Body is { } body)
        {
            octets.AddRange(Encoding.ASCII.GetBytes($" {{{body.Length}}}{send.LineEnd}"));
            octets.AddRange(body);
        }

        octets.AddRange(Encoding.ASCII.GetBytes(send.LineEnd));
        return [.. octets];
    }
}
