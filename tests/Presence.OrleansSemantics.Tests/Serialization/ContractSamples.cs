using FsCheck;
using FsCheck.Fluent;
using Presence.Contracts.Groups;
using Presence.Contracts.Routes;
using Presence.Contracts.Users;
using Presence.Model.Access;
using Presence.Model.Groups;
using Presence.Model.Subscriptions;
using static Presence.OrleansSemantics.Tests.Serialization.Samples;

namespace Presence.OrleansSemantics.Tests.Serialization;

/// <summary>Values of the contracts' types: what grains and gateways really send each other.</summary>
internal static class ContractSamples
{
    public static readonly Gen<SubscriptionNotice> SubscriptionNotice =
        from watcher in Address from id in Text from path in Paths
        from what in Gen.Elements(Enum.GetValues<SubscriptionEvent>())
        from why in MaybeText from expires in MaybeValue(Time) from values in Several(Delta)
        select new SubscriptionNotice(watcher, id, path, what, why, expires, values);

    public static readonly Gen<RouteBatch> Batch =
        from node in Address from changes in Several(Delta) from notices in Several(SubscriptionNotice)
        select new RouteBatch(node, changes, notices);

    public static readonly Gen<SessionNotice> SessionNotice = Gen.OneOf(
        from message in Message from isRequest in Gen.Elements(true, false)
        select (SessionNotice)new MessageNotice(message, isRequest),
        from message in Message from to in Address.ListOf() select (SessionNotice)new CopyNotice(message, [.. to]),
        Invitations.Select(invitation => (SessionNotice)new InviteNotice(invitation)),
        from callee in Address from endpoint in MaybeText from id in Text from code in Gen.Choose(100, 699)
        from type in MaybeText from body in Octets
        select (SessionNotice)new AnswerNotice(callee, endpoint, id, code, type, body),
        from id in Text from why in MaybeText select (SessionNotice)new CancelNotice(id, why),
        from caller in Address from to in Address from why in MaybeText
        select (SessionNotice)new ReferNotice(caller, to, why),
        Receipt.Select(receipt => (SessionNotice)new ReceiptNotice(receipt)),
        WatcherNotice.Select(notice => (SessionNotice)notice),
        MemberNotice.Select(notice => (SessionNotice)notice));

    public static readonly Gen<ClassPattern> Pattern =
        Gen.Elements("games.>", "games.*.openings", "größe", "*").Select(ClassPattern.Parse);

    public static readonly Gen<JoinRequest> Join =
        from asker in Address from who in Address from role in MaybeValue(Gen.Elements(Enum.GetValues<GroupRole>()))
        from classes in MaybeValue(Several(Pattern))
        select new JoinRequest(asker, who, role, classes);

    public static readonly Gen<MembersAnswer> Members =
        from refusal in Maybe(Refusal) from count in Gen.Choose(0, 1000) from version in Number
        from items in MaybeValue(Several(
            from who in Address from standing in Gen.Elements(Enum.GetValues<GroupStanding>())
            from role in MaybeValue(Gen.Elements(Enum.GetValues<GroupRole>()))
            select new ListedMember(who, standing, role)))
        select new MembersAnswer(refusal, count, items, version);

    public static readonly Gen<GroupPolicy> Policy =
        from who in Gen.Elements(Enum.GetValues<JoinPolicy>()) from send in Gen.Elements(Enum.GetValues<Audience>())
        from list in Gen.Elements(Enum.GetValues<Audience>()) from isAnonymous in Gen.Elements(true, false)
        from rule in Maybe(Gen.OneOf(Gen.Constant(GroupRule.Domain), Pattern.Select(p => new GroupRule(p))))
        from max in MaybeValue(Gen.Choose(1, 1000))
        select new GroupPolicy(who, send, list, isAnonymous, rule, max);

    public static readonly Gen<WatchedNode> Watched =
        from id in Text from node in Address from path in Paths from expires in Time
        select new WatchedNode(id, node, path, expires);

    public static readonly Gen<BindAnswer> Bound =
        from refusal in Maybe(Refusal) from watching in Several(Watched) from requests in Several(WatcherNotice)
        select new BindAnswer(refusal, watching, requests);

    public static readonly Gen<SubscribeAnswer> Subscribed =
        from refusal in Maybe(Refusal) from state in Gen.Elements(Enum.GetValues<SubscriptionState>())
        from life in Gen.Choose(0, int.MaxValue) from snapshot in Several(Properties)
        select new SubscribeAnswer(refusal, state, TimeSpan.FromSeconds(life), snapshot);

    public static readonly Gen<WriteRequest> Write =
        from asker in Address from changes in Several(Change) from onlyIf in MaybeValue(Number)
        select new WriteRequest(asker, changes, onlyIf);

    public static readonly Gen<ReadAnswer> Read =
        from refusal in Maybe(Refusal) from container in Gen.Elements(true, false) from all in Several(Properties)
        select new ReadAnswer(refusal, container, all);

    public static readonly Gen<ApprovalRequest> Approval =
        from asker in Address from path in Paths from who in Address
        from rights in MaybeValue(Gen.Choose(0, 255).Select(bits => (Rights)bits))
        select new ApprovalRequest(asker, path, who, rights);

    public static readonly Gen<WatchersAnswer> Watchers =
        from refusal in Maybe(Refusal) from all in Several(Subscriptions) from queries in Several(PastQuery)
        select new WatchersAnswer(refusal, all, queries);

    private static Gen<PastQuery> PastQuery =>
        from who in Text from count in Number from denied in Number from last in Time
        select new PastQuery(who, count, denied, last);

    private static Gen<MemberNotice> MemberNotice =>
        from group_ in Address from who in Address from standing in Gen.Elements(Enum.GetValues<GroupStanding>())
        from role in MaybeValue(Gen.Elements(Enum.GetValues<GroupRole>())) from at in Time
        select new MemberNotice(group_, who, standing, role, at);

    private static Gen<WatcherNotice> WatcherNotice =>
        from who in Address from path in Paths
        from state in MaybeValue(Gen.Elements(Enum.GetValues<SubscriptionState>())) from at in Time
        select new WatcherNotice(who, path, state, at);
}
