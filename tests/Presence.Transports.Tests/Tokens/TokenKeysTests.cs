using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;
using Presence.Contracts;
using Presence.Transports.Tests.Fakes;
using Presence.Transports.Tokens;

namespace Presence.Transports.Tests.Tokens;

public sealed class TokenKeysTests : IAsyncLifetime
{
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);

    private readonly FakeTimeProvider _clock = new();
    private KeyServer _issuer = null!;
    private TokenKeys _keys = null!;

    public async ValueTask InitializeAsync()
    {
        _issuer = await KeyServer.Start();
        _issuer.Names = ["old"];
        var settings = Options.Create(new TokenSettings { Keys = _issuer.Url });
        _keys = new TokenKeys(settings, new PresenceClock(_clock), NullLogger<TokenKeys>.Instance);
    }

    public async ValueTask DisposeAsync()
    {
        _keys.Dispose();
        await _issuer.DisposeAsync();
    }

    [Fact]
    public async Task Keys_are_read_once_for_many_tokens()
    {
        await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => Names("old")));
        Assert.Equal(["old"], await Names("old"));
        Assert.Equal(1, _issuer.Asked);
    }

    [Fact]
    public async Task A_key_that_the_issuer_has_begun_to_use_is_found_at_once()
    {
        await Names("old");
        _clock.Advance(Minute);
        _issuer.Names = ["old", "new"];
        Assert.Equal(["old", "new"], await Names("new"));
        Assert.Equal(2, _issuer.Asked);
    }

    [Fact]
    public async Task Names_that_are_made_up_ask_the_issuer_once_a_minute_at_most()
    {
        await Names("old");
        for (var seconds = 0; seconds < 150; seconds += 10)
        {
            await Names($"made-up-{seconds}");
            _clock.Advance(TimeSpan.FromSeconds(10));
        }

        // At the start, and after one and two minutes.
        Assert.Equal(3, _issuer.Asked);
    }

    [Fact]
    public async Task A_key_that_the_issuer_has_given_up_is_forgotten_within_the_hour()
    {
        await Names("old");
        _issuer.Names = ["new"];
        _clock.Advance(TimeSpan.FromHours(1));

        // This one still gets the old set, and starts the reading; that one waits for it.
        await Names("old");
        Assert.Equal(["new"], await Names("new"));
        Assert.Equal(["new"], await Names("old"));
    }

    [Fact]
    public async Task While_the_issuer_fails_the_keys_that_are_known_hold()
    {
        await Names("old");
        _issuer.IsBroken = true;
        _clock.Advance(TimeSpan.FromHours(2));
        Assert.Equal(["old"], await Names("unknown"));
        Assert.Equal(2, _issuer.Asked);

        // Not after an hour but after a minute it is tried again.
        (_issuer.IsBroken, _issuer.Names) = (false, ["new"]);
        _clock.Advance(Minute);
        await Names("old");
        Assert.Equal(["new"], await Names("new"));
    }

    [Theory]
    [InlineData("no JSON")]
    [InlineData("{\"keys\": 7}")]
    [InlineData("")]
    public async Task What_is_no_key_set_changes_nothing(string nonsense)
    {
        await Names("old");
        _issuer.Nonsense = nonsense;
        _clock.Advance(TimeSpan.FromHours(1));
        Assert.Equal(["old"], await Names("unknown"));
    }

    [Fact]
    public async Task Nobody_whose_key_is_known_waits_for_an_issuer_that_does_not_answer()
    {
        await Names("old");
        _issuer.Held = new TaskCompletionSource();
        _clock.Advance(TimeSpan.FromHours(1));
        var waiting = Names("unknown");
        Assert.Equal(["old"], await Names("old"));
        Assert.False(waiting.IsCompleted);
        _issuer.Held.SetResult();
        Assert.Equal(["old"], await waiting);
    }

    [Theory]
    [InlineData("https://login.example/keys", true)]
    [InlineData("http://127.0.0.1:8000/keys", true)]
    [InlineData("http://login.example/keys", false)]
    [InlineData("/etc/presence/jwks.json", false)]
    public void In_clear_text_keys_come_from_this_machine_only(string keys, bool isUrl) =>
        Assert.Equal(isUrl, TokenSettings.IsUrl(keys));

    private async Task<IReadOnlyList<string>> Names(string wanted) =>
        [.. (await _keys.For(wanted)).Select(key => key.KeyId)];
}
