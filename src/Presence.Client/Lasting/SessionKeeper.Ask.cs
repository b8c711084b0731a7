using System.Globalization;
using Presence.Client.Requests;

namespace Presence.Client.Lasting;

/// <summary>Requests of callers, and those that keep up what they watch.</summary>
internal sealed partial class SessionKeeper
{
    /// <summary>Asks, and asks again when the server wants its clients to slow down.</summary>
    /// <exception cref="PresenceUnansweredException">No answer in time.</exception>
    /// <exception cref="PresenceClosedException">The client is over.</exception>
    public async Task<ServerAnswer> Ask(RequestFrame frame, bool isRepeatable, CancellationToken cancellation)
    {
        var start = _settings.Time.GetTimestamp();
        while (true)
        {
            var answer = await AskOnce(new PendingRequest(frame, isRepeatable), cancellation);
            if (answer is not { Code: 429 } || answer.Number("retry") is not { } seconds)
                return answer;

            var pause = TimeSpan.FromSeconds(Math.Max(seconds, 1));
            if (_settings.Time.GetElapsedTime(start) + pause >= _settings.RequestTimeout)
                return answer;

            await Task.Delay(pause, _settings.Time, cancellation);
        }
    }

    /// <summary>Subscribes in the background, for as long as somebody reads, and tells what came of it.</summary>
    public void Subscribe(Watched watched) => Background.Run(async ending =>
    {
        while (watched.Readers > 0)
        {
            try
            {
                await Subscribe(watched, ending);
                return;
            }
            catch (PresenceUnansweredException unanswered)
            {
                LogFailed(unanswered, unanswered.Reason);
                await Task.Delay(_settings.ReconnectMin, _settings.Time, ending);
            }
        }
    });

    private async Task Subscribe(Watched watched, CancellationToken cancellation)
    {
        (string Name, string? Value)[] parameters =
        [
            ("id", watched.Id),
            ("expires", ((long)_settings.WatchLifetime.TotalSeconds).ToString(CultureInfo.InvariantCulture)),
        ];
        var answer = watched.Secret is { } secret
            ? await Prove(watched, secret, parameters, cancellation)
            : await Ask(
                new RequestFrame("SUB", watched.Target.ToString(), parameters, null), isRepeatable: true, cancellation);
        if (answer.Code == 202)
            Tell(watched, SubscriptionState.Pending, why: null);
        else if (!answer.IsDone)
            Tell(watched, SubscriptionState.Terminated, answer.Reason);
    }

    /// <summary>A nonce is good once, so what had no answer begins with another challenge.</summary>
    private Task<ServerAnswer> Prove(
        Watched watched, WatchSecret secret, (string Name, string? Value)[] parameters, CancellationToken cancellation) =>
        new PassphraseRequest(secret.Account, (verb, target, all) =>
            Ask(new RequestFrame(verb, target, all, null), isRepeatable: false, cancellation))
            .Run("SUB", watched.Target, secret.Passphrase, parameters);

    private async Task<ServerAnswer> AskOnce(PendingRequest request, CancellationToken cancellation)
    {
        _ledger.Add(request);
        try
        {
            return await request.Answer.WaitAsync(_settings.RequestTimeout, _settings.Time, cancellation);
        }
        catch (TimeoutException)
        {
            throw new PresenceUnansweredException("timeout", request.WasSent,
                $"No answer to {request.Frame.Verb} within {_settings.RequestTimeout.TotalSeconds} s.");
        }
        finally
        {
            _ledger.Forget(request);
        }
    }

    private void Tell(Watched watched, SubscriptionState state, string? why)
    {
        var word = new Notification(
            0, _settings.Time.GetUtcNow(), watched.Target, watched.Id, state, Version: null, Value: null, why);
        if (watched.Take(word))
            Hub.Publish(word);
    }

    // At half their life, so that none runs out while this client lives.
    private async Task RefreshWatches(CancellationToken ending)
    {
        using var timer = new PeriodicTimer(_settings.WatchLifetime / 2, _settings.Time);
        while (await timer.WaitForNextTickAsync(ending))
        {
            foreach (var watched in Book.All)
                Subscribe(watched);
        }
    }
}
