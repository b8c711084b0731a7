using Presence.Contracts.Peers;

namespace Presence.Federation.Links;

/// <summary>What would bring subscriptions to life and is not answered yet: SYNC, which names many, and SUB.</summary>
internal readonly struct OpenBeginnings
{
    public const string End = "UNSUB";

    private readonly Dictionary<(DomainPair Pair, string? Place), long> _first = [];

    /// <param name="open">Requests without an answer.</param>
    /// <param name="now">What expires by then is not sent any more.</param>
    public OpenBeginnings(IEnumerable<OutgoingRequest> open, DateTimeOffset now)
    {
        foreach (var request in open)
        {
            if (request.Request.Verb is not ("SYNC" or "SUB") || request.Request.Expires <= now)
                continue;
            var key = (request.Pair, request.Request.Verb == "SUB" ? request.Request.Target : null);
            _first[key] = Math.Min(request.Number, _first.GetValueOrDefault(key, long.MaxValue));
        }
    }

    /// <summary>True if one of them that came before this UNSUB may be about the same subscription.</summary>
    public bool Precede(OutgoingRequest end) => IsBefore(end, null) || IsBefore(end, end.Request.Value("at"));

    private bool IsBefore(OutgoingRequest end, string? place) =>
        _first.TryGetValue((end.Pair, place), out var number) && number < end.Number;
}
