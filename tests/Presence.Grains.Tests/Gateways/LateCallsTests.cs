using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using Orleans.Configuration;
using Orleans.TestingHost;
using Presence.Contracts;

namespace Presence.Grains.Tests.Gateways;

/// <summary>
/// A call that comes after its caller has given up is not executed, in either direction. One that a silo cancels may be tried again.
/// </summary>
public sealed class LateCallsTests : IAsyncLifetime
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(8);

    private readonly FakeTimeProvider _callers = new(DateTimeOffset.UnixEpoch);
    private readonly FakeTimeProvider _silos = new(DateTimeOffset.UnixEpoch);
    private readonly InProcessTestCluster _cluster;

    public LateCallsTests()
    {
        var builder = new InProcessTestClusterBuilder(initialSilosCount: 1);
        builder.ConfigureSilo((_, silo) =>
        {
            silo.Services.AddSingleton(new PresenceClock(_silos));
            silo.Services.AddSingleton(TimeProvider.System);
            silo.Services.Configure<SiloMessagingOptions>(messaging => messaging.ResponseTimeout = Patience);
            silo.AddFence();
        });
        builder.ConfigureClient(client =>
        {
            client.Services.AddSingleton(new PresenceClock(_callers));
            client.Services.Configure<ClientMessagingOptions>(messaging => messaging.ResponseTimeout = Patience);
            client.AddDeadlines();
        });
        _cluster = builder.Build();
    }

    private ICountingGrain Grain => _cluster.Client.GetGrain<ICountingGrain>("one");

    public async ValueTask InitializeAsync() => await _cluster.DeployAsync();

    public async ValueTask DisposeAsync() => await _cluster.DisposeAsync();

    [Fact]
    public async Task A_call_whose_caller_waits_still_is_executed()
    {
        _silos.Advance(TimeSpan.FromSeconds(7));

        Assert.Equal(1, await Grain.Count());
    }

    [Fact]
    public async Task One_whose_caller_has_given_up_changes_nothing()
    {
        _silos.Advance(TimeSpan.FromSeconds(9));
        await Assert.ThrowsAsync<TimeoutException>(Grain.Count);

        _callers.Advance(TimeSpan.FromSeconds(9));
        Assert.Equal(1, await Grain.Count());
    }

    [Fact]
    public async Task A_method_says_for_itself_how_long_its_caller_waits()
    {
        _silos.Advance(TimeSpan.FromSeconds(3));

        await Assert.ThrowsAsync<TimeoutException>(Grain.CountSoon);
        Assert.Equal(1, await Grain.Count());
    }

    [Fact]
    public async Task A_gateway_executes_no_late_call_of_a_grain()
    {
        var counter = new Counter();
        var reference = _cluster.Client.CreateObjectReference<ICounter>(counter);
        _callers.Advance(TimeSpan.FromSeconds(9));
        Assert.Equal("TimeoutException", await Grain.CountAt(reference));
        Assert.Equal(0, counter.Counted);

        _silos.Advance(TimeSpan.FromSeconds(9));
        Assert.Equal("1", await Grain.CountAt(reference));
        GC.KeepAlive(counter);
    }

    [Fact]
    public async Task What_a_grain_asks_for_has_a_deadline_of_its_own()
    {
        var counter = new Counter();
        var reference = _cluster.Client.CreateObjectReference<ICounter>(counter);
        counter.OnCount = () => Grain.Count();
        _silos.Advance(TimeSpan.FromSeconds(7));
        _callers.Advance(TimeSpan.FromSeconds(7));

        Assert.Equal("1", await Grain.CountAt(reference));
        Assert.Equal(2, await Grain.Count());
        GC.KeepAlive(counter);
    }

    [Fact]
    public async Task A_call_that_a_stopping_silo_cancels_found_it_unavailable()
    {
        var counter = new Counter { OnCount = () => throw new OperationCanceledException() };
        var reference = _cluster.Client.CreateObjectReference<ICounter>(counter);

        Assert.Equal("SiloUnavailableException", await Grain.CountAt(reference));
        GC.KeepAlive(counter);
    }

    private sealed class Counter : ICounter
    {
        public int Counted { get; private set; }

        public Func<Task> OnCount { get; set; } = () => Task.CompletedTask;

        public async Task<int> Count()
        {
            await OnCount();
            return ++Counted;
        }
    }
}
