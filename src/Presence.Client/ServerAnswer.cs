using Presence.Client.Connections;
using Presence.Protocol.Bodies;
using Presence.Protocol.Framing;

namespace Presence.Client;

/// <summary>The final response to any request (docs/protocol/codes.md).</summary>
/// <param name="Code">200–599.</param>
/// <param name="Reason">Reason word.</param>
/// <param name="Body">Null without a body.</param>
public sealed record ServerAnswer(int Code, string Reason, Parameters Parameters, ReadOnlyMemory<byte>? Body)
{
    /// <summary>Items of a list body that are read; a page of a server has at most 1 000.</summary>
    private const int MaxItems = 10_000;

    /// <summary>Version of what was written or read; null if not told.</summary>
    public long? Version => Number("ver");

    /// <summary>Of the last change of what was read; null if not told.</summary>
    public DateTimeOffset? Time => EventReading.Time(Parameters);

    public bool IsDone => Code is >= 200 and < 300;

    /// <summary>A parameter that is a whole number; null if it is missing or none.</summary>
    public long? Number(string name) => EventReading.Number(Parameters, name);

    /// <summary>The same answer, if the server did what it was asked.</summary>
    /// <exception cref="PipRefusedException">It did not.</exception>
    public ServerAnswer Require() => IsDone ? this : throw PipRefusedException.By(this);

    /// <summary>The items of a <c>text/pip-*</c> body; none without a body.</summary>
    /// <exception cref="PipConnectionException">The body is no list; reason <c>protocol</c>.</exception>
    public IReadOnlyList<LineItem> Items() =>
        LineBodyReader.TryReadAll((Body ?? default).Span, MaxItems, out var items, out var fault)
            ? items
            : throw PipConnectionException.Protocol($"line {fault.Line} of a list cannot be read");

    internal static ServerAnswer Of(Frame response) =>
        new(response.Code, response.Reason, response.Parameters, response.Body);
}
