using Presence.Model.Accounts;
using Presence.Model.Addresses;
using Presence.Model.Replies;
using Presence.Model.Subscriptions;

namespace Presence.Contracts.Serialization;

[GenerateSerializer, Alias("presence.m.refusal")]
internal struct RefusalSurrogate
{
    [Id(0)] public int Code;
    [Id(1)] public string Reason;
    [Id(2)] public string? Parameter;
    [Id(3)] public long? Version;
}

[RegisterConverter]
internal sealed class RefusalConverter : IConverter<Refusal, RefusalSurrogate>
{
    public Refusal ConvertFromSurrogate(in RefusalSurrogate s) => new(s.Code, s.Reason, s.Parameter, s.Version);

    public RefusalSurrogate ConvertToSurrogate(in Refusal value) => new()
    {
        Code = value.Code,
        Reason = value.Reason,
        Parameter = value.Parameter,
        Version = value.Version,
    };
}

[GenerateSerializer, Alias("presence.m.verifier")]
internal struct ScramVerifierSurrogate
{
    [Id(0)] public byte[] Salt;
    [Id(1)] public int Iterations;
    [Id(2)] public byte[] StoredKey;
    [Id(3)] public byte[] ServerKey;
}

[RegisterConverter]
internal sealed class ScramVerifierConverter : IConverter<ScramVerifier, ScramVerifierSurrogate>
{
    public ScramVerifier ConvertFromSurrogate(in ScramVerifierSurrogate s) =>
        new(s.Salt, s.Iterations, s.StoredKey, s.ServerKey);

    public ScramVerifierSurrogate ConvertToSurrogate(in ScramVerifier value) => new()
    {
        Salt = value.Salt.ToArray(),
        Iterations = value.Iterations,
        StoredKey = value.StoredKey.ToArray(),
        ServerKey = value.ServerKey.ToArray(),
    };
}

[GenerateSerializer, Alias("presence.m.subscription")]
internal struct SubscriptionSurrogate
{
    [Id(0)] public Address Watcher;
    [Id(1)] public string Id;
    [Id(2)] public PropertyPath Path;
    [Id(3)] public int State;
    [Id(4)] public DateTimeOffset Since;
    [Id(5)] public DateTimeOffset Expires;
    [Id(6)] public bool IsSessionBound;
    [Id(7)] public int SeenAs;
    [Id(8)] public string? Passphrase;
}

[RegisterConverter]
internal sealed class SubscriptionConverter : IConverter<Subscription, SubscriptionSurrogate>
{
    public Subscription ConvertFromSurrogate(in SubscriptionSurrogate s) => new(
        s.Watcher, s.Id, s.Path, (SubscriptionState)s.State, s.Since, s.Expires, s.IsSessionBound,
        (SubscriptionState)s.SeenAs, s.Passphrase);

    public SubscriptionSurrogate ConvertToSurrogate(in Subscription value) => new()
    {
        Watcher = value.Watcher,
        Id = value.Id,
        Path = value.Path,
        State = (int)value.State,
        Since = value.Since,
        Expires = value.Expires,
        IsSessionBound = value.IsSessionBound,
        SeenAs = (int)value.SeenAs,
        Passphrase = value.Passphrase,
    };
}
