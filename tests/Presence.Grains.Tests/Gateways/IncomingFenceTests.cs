using System.Reflection;
using Orleans.Serialization.Invocation;
using Presence.Grains.Fencing;

namespace Presence.Grains.Tests.Gateways;

/// <summary>A silo that stood still answers nobody from what its grains remember until it knows that it is alive.</summary>
public sealed class IncomingFenceTests : PulseTest
{
    private const string Own = "Presence.Contracts.Users.IUserGrain";

    private readonly IncomingFence _fence;

    public IncomingFenceTests() => _fence = new IncomingFence(Pulse);

    [Fact]
    public async Task What_comes_to_a_silo_that_runs_is_executed_at_once()
    {
        var call = new Call(Own);

        await _fence.Invoke(call);

        Assert.Equal((1, 0), (call.Executed, Table.Asked));
    }

    [Fact]
    public async Task One_that_stood_still_and_is_alive_asks_and_then_executes_it()
    {
        var call = new Call(Own);
        Clock.Advance(TimeSpan.FromSeconds(5));

        await _fence.Invoke(call);

        Assert.Equal((1, 1), (call.Executed, Table.Asked));
    }

    [Fact]
    public async Task One_that_was_declared_dead_executes_nothing_and_says_so()
    {
        var call = new Call(Own);
        Table.CurrentStatus = SiloStatus.Dead;
        Clock.Advance(TimeSpan.FromSeconds(5));

        await Assert.ThrowsAsync<OrleansException>(() => _fence.Invoke(call));

        Assert.Equal(0, call.Executed);
    }

    [Fact]
    public async Task What_Orleans_itself_asks_is_not_held_up()
    {
        var call = new Call("Orleans.Runtime.IMembershipService");
        Table.CurrentStatus = SiloStatus.Dead;
        Clock.Advance(TimeSpan.FromSeconds(5));

        await _fence.Invoke(call);

        Assert.Equal((1, 0), (call.Executed, Table.Asked));
    }

    private sealed class Call(string of) : IIncomingGrainCallContext
    {
        public int Executed { get; private set; }

        public string InterfaceName => of;

        public object? Result { get; set; }

        public Response? Response { get; set; }

        public IInvokable Request => throw new NotSupportedException();

        public object Grain => throw new NotSupportedException();

        public GrainId? SourceId => null;

        public GrainId TargetId => default;

        public GrainInterfaceType InterfaceType => default;

        public string MethodName => "Receive";

        public MethodInfo InterfaceMethod => throw new NotSupportedException();

        public MethodInfo ImplementationMethod => throw new NotSupportedException();

        public IGrainContext TargetContext => throw new NotSupportedException();

        public Task Invoke()
        {
            Executed++;
            return Task.CompletedTask;
        }
    }
}
