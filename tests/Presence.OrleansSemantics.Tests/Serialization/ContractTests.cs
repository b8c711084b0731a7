using System.Reflection;
using Orleans.Serialization;
using Presence.Contracts;
using Presence.Contracts.Routes;
using Presence.Contracts.Users;
using Presence.Model.Addresses;
using Presence.Model.Replies;
using Presence.OrleansSemantics.Tests.Hosting;

namespace Presence.OrleansSemantics.Tests.Serialization;

public sealed class ContractTests(SemanticsSilo silo)
{
    private static readonly Type[] Interfaces =
    [
        .. typeof(NodeKey).Assembly.GetExportedTypes()
            .Where(type => type.IsInterface && type.IsAssignableTo(typeof(IAddressable))),
    ];

    [Fact]
    public void Whatever_a_contract_sends_or_answers_can_be_serialised()
    {
        var serializer = silo.Service<Serializer>();

        var types = Interfaces.SelectMany(contract => contract.GetMethods()).SelectMany(Sent).Distinct().ToList();

        Assert.NotEmpty(types);
        Assert.DoesNotContain(types, type => !serializer.CanSerialize(type));
    }

    [Fact]
    public void Every_contract_and_every_method_has_a_name_that_a_renaming_does_not_change()
    {
        IEnumerable<MemberInfo> named = [.. Interfaces, .. Interfaces.SelectMany(contract => contract.GetMethods())];

        Assert.DoesNotContain(named, member => member.GetCustomAttribute<AliasAttribute>() is null);
    }

    [Fact]
    public void A_reference_to_a_gateway_crosses_within_a_binding()
    {
        var serializer = silo.Service<Serializer>();
        var gateway = new Gateway();
        var inbox = silo.Client.CreateObjectReference<IGatewayInbox>(gateway);
        var binding = new EndpointBinding("desk", "s1", -5, null, true, inbox);

        var came = serializer.Deserialize<EndpointBinding>(serializer.SerializeToArray(binding));

        Assert.Equal(Description.Of(binding), Description.Of(came));
        Assert.Equal(binding.Inbox.GetGrainId(), came!.Inbox.GetGrainId());
        GC.KeepAlive(gateway);
    }

    /// <summary>Named in an interface, such a type keeps the whole silo from starting.</summary>
    [Fact]
    public void A_type_without_a_serialiser_cannot_be_sent() =>
        Assert.False(silo.Service<Serializer>().CanSerialize<Unsendable>());

    [Fact]
    public void A_member_without_an_id_is_lost_in_silence()
    {
        var serializer = silo.Service<Serializer>();

        var came = serializer.Deserialize<HalfMarked>(
            serializer.SerializeToArray(new HalfMarked { Marked = "kept", Unmarked = "lost" }));

        Assert.Equal(("kept", null), (came!.Marked, came.Unmarked));
    }

    private static IEnumerable<Type> Sent(MethodInfo method) => method.GetParameters()
        .Select(parameter => parameter.ParameterType)
        .Concat(method.ReturnType.IsGenericType ? method.ReturnType.GetGenericArguments() : []);

    private sealed class Unsendable;

    private sealed class Gateway : IGatewayInbox
    {
        public Task<bool> Deliver(string session, System.Collections.Immutable.ImmutableArray<SessionNotice> notices) =>
            Task.FromResult(true);

        public Task<System.Collections.Immutable.ImmutableArray<UntakenCopy>> DeliverShared(
            System.Collections.Immutable.ImmutableArray<SharedCopy> copies) =>
            Task.FromResult(System.Collections.Immutable.ImmutableArray<UntakenCopy>.Empty);

        public Task WantCopies(string session, bool areWanted) => Task.CompletedTask;

        public Task Close(string session, string reason) => Task.CompletedTask;

        public Task<HandOverAnswer> HandOver(string session, Address user, string key, long seen) =>
            Task.FromResult(HandOverAnswer.Refused(Refusal.Conflict, isOver: false));
    }
}

#pragma warning disable ORLEANS0004 // The test is about this very mistake.
[GenerateSerializer, Alias("semantics.half-marked")]
public sealed class HalfMarked
{
    [Id(0)] public string? Marked { get; set; }

    public string? Unmarked { get; set; }
}
#pragma warning restore ORLEANS0004
