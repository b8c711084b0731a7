using System.Reflection;
using Microsoft.Extensions.DependencyInjection;
using Orleans.Serialization;
using Orleans.Serialization.Cloning;
using Presence.Contracts.Routes;
using Presence.Contracts.Users;
using Presence.Model.Access;
using Presence.Model.Addresses;
using Presence.Model.Properties;
using Presence.Model.Subscriptions;

namespace Presence.Architecture.Tests.Contracts;

/// <summary>
/// Gateways and silos of different versions talk to each other during an upgrade: all that crosses between them has names
/// and numbers that do not follow a rename.
/// </summary>
public sealed class ContractTests
{
    [Fact]
    public void The_walk_finds_what_crosses()
    {
        Type[] known =
        [
            typeof(WriteRequest), typeof(PropertyChange), typeof(PropertyValue), typeof(Address), typeof(RouteBatch),
            typeof(SessionNotice), typeof(MessageNotice), typeof(WatcherNotice), typeof(Subscription), typeof(Rights),
        ];
        Assert.Empty(known.Except(BoundaryTypes.All));
    }

    [Fact]
    public void Every_type_that_crosses_is_serialised_by_name_or_converted() => Rule.HasNoBreach(
        from type in BoundaryTypes.All
        where !BoundaryTypes.Surrogates.ContainsKey(type) && !IsEnumOfTheModel(type)
            && !(BoundaryTypes.IsSerialized(type) && type.IsDefined(typeof(AliasAttribute), inherit: false))
        select $"{type} has neither [GenerateSerializer, Alias] nor a converter");

    [Fact]
    public void Every_value_of_the_model_crosses_to_a_grain_beside_it_without_a_copy() => Rule.HasNoBreach(
        from type in BoundaryTypes.Surrogates.Keys
        where type.IsClass
        where !BoundaryTypes.Own.Any(copier =>
            copier.IsDefined(typeof(RegisterCopierAttribute)) && copier.BaseType == typeof(ShallowCopier<>).MakeGenericType(type))
        select $"{type} has no ShallowCopier");

    [Fact]
    public void Every_member_that_crosses_has_its_own_number() => Rule.HasNoBreach(
        from type in BoundaryTypes.All
        where BoundaryTypes.IsSerialized(type)
        from member in BoundaryTypes.Members(type)
        where !member.IsDefined(typeof(IdAttribute))
        select $"{type}.{member.Name} has no [Id]");

    [Fact]
    public void No_number_stands_twice_in_one_type() => Rule.HasNoBreach(
        from type in BoundaryTypes.All
        from member in BoundaryTypes.Members(type)
        let id = member.GetCustomAttribute<IdAttribute>()
        where id is not null
        group member.Name by (type, id.Id) into members
        where members.Count() > 1
        select $"{members.Key}: {string.Join(", ", members)}");

    [Fact]
    public void Every_contract_and_every_method_has_a_name_of_its_own()
    {
        Assert.NotEmpty(BoundaryTypes.Methods);
        Assert.DoesNotContain(BoundaryTypes.Interfaces, type => AliasOf(type) is null);
        Rule.HasNoBreach(
            BoundaryTypes.Methods.Where(method => AliasOf(method) is null).Select(m => $"{m.DeclaringType}.{m.Name}"));
        Rule.HasNoBreach(
            from method in BoundaryTypes.Methods
            group method by (method.DeclaringType, AliasOf(method)) into same
            where same.Count() > 1
            select $"{same.Key}");
    }

    [Fact]
    public void No_two_types_have_the_same_name() => Rule.HasNoBreach(
        from type in BoundaryTypes.All.Concat(BoundaryTypes.Interfaces)
        let alias = AliasOf(type)
        where alias is not null
        group type by alias into same
        where same.Count() > 1
        select $"{same.Key}: {string.Join(", ", same)}");

    [Fact]
    public void Orleans_can_serialise_what_crosses()
    {
        using var services = new ServiceCollection().AddSerializer().BuildServiceProvider();
        var serializer = services.GetRequiredService<Serializer>();
        Assert.DoesNotContain(
            BoundaryTypes.InSignatures.Concat(BoundaryTypes.All.Where(type => !type.IsAbstract)),
            type => !serializer.CanSerialize(type));
    }

    [Fact]
    public void Enums_of_the_model_cross_as_they_are()
    {
        using var services = new ServiceCollection().AddSerializer().BuildServiceProvider();
        var serializer = services.GetRequiredService<Serializer>();
        var notice = new WatcherNotice(
            Address.Parse("bob@b.example"), StandardPaths.Status, SubscriptionState.Blocked, DateTimeOffset.UnixEpoch);
        var approval = new ApprovalRequest(
            notice.Who, notice.Path, notice.Who, Rights.Read | Rights.Administer);

        Assert.Equal<SessionNotice>(
            notice, serializer.Deserialize<SessionNotice>(serializer.SerializeToArray<SessionNotice>(notice)));
        Assert.Equal(approval, serializer.Deserialize<ApprovalRequest>(serializer.SerializeToArray(approval)));
    }

    /// <summary>Orleans writes an enum as its number, and the numbers are given in the source.</summary>
    private static bool IsEnumOfTheModel(Type type) => type.IsEnum && type.Assembly == typeof(Address).Assembly;

    private static string? AliasOf(MemberInfo member) => member.GetCustomAttribute<AliasAttribute>(inherit: false)?.Alias;
}
