using System.Collections.Immutable;
using Presence.Model.Addresses;
using Presence.Model.Invitations;

namespace Presence.Contracts.Serialization;

[GenerateSerializer, Alias("presence.m.invitation")]
internal struct InvitationSurrogate
{
    [Id(0)] public Address From;
    [Id(1)] public string Id;
    [Id(2)] public string Session;
    [Id(3)] public string Type;
    [Id(4)] public byte[] Offer;
    [Id(5)] public TimeSpan Life;
    [Id(6)] public DateTimeOffset Expires;
    [Id(7)] public ImmutableArray<Address> Via;
    [Id(8)] public int Hops;
    [Id(9)] public bool TakesRedirect;
}

[RegisterConverter]
internal sealed class InvitationConverter : IConverter<Invitation, InvitationSurrogate>
{
    public Invitation ConvertFromSurrogate(in InvitationSurrogate s) =>
        new(s.From, s.Id, s.Session, s.Type, s.Offer, s.Life, s.Expires)
        {
            Via = s.Via,
            Hops = s.Hops,
            TakesRedirect = s.TakesRedirect,
        };

    public InvitationSurrogate ConvertToSurrogate(in Invitation value) => new()
    {
        From = value.From,
        Id = value.Id,
        Session = value.Session,
        Type = value.Type,
        Offer = value.Offer.ToArray(),
        Life = value.Life,
        Expires = value.Expires,
        Via = value.Via,
        Hops = value.Hops,
        TakesRedirect = value.TakesRedirect,
    };
}
