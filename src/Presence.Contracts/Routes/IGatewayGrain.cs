using System.Collections.Immutable;
using Orleans.Concurrency;
using Presence.Model.Addresses;

namespace Presence.Contracts.Routes;

/// <summary>
/// The lease of one gateway. Key: its route. A gateway that does not renew it is dead to all silos, whatever it thinks itself;
/// if it comes back it has a new epoch and must assert all that it serves.
/// </summary>
[Alias("presence.gateway")]
public interface IGatewayGrain : IGrainWithStringKey
{
    /// <summary>The gateway lives. It is told what may have been forgotten about it. Asked again well before the lease ends.</summary>
    [Alias("renew")]
    [ResponseTimeout("00:00:03")]
    Task<LeaseAnswer> Renew();

    /// <summary>The gateway stops in good order and has nothing left.</summary>
    [Alias("release")]
    Task Release();

    /// <summary>False once the lease has run out, until the gateway renews it.</summary>
    [Alias("is-alive")]
    [AlwaysInterleave]
    Task<bool> IsAlive();

    /// <summary>For how long the gateway has not renewed it.</summary>
    [Alias("silence")]
    [AlwaysInterleave]
    [ResponseTimeout("00:00:05")]
    Task<TimeSpan> Silence();

    /// <summary>A grain of this node goes and forgets what the gateway has told it: it must be told anew.</summary>
    [Alias("repair")]
    [AlwaysInterleave]
    [ResponseTimeout("00:00:05")]
    Task Repair(Address node);
}

/// <summary>What a gateway hears when it renews its lease.</summary>
/// <param name="Epoch">Changes when the lease had run out, or when its keeper was lost: then everything is to be asserted.</param>
/// <param name="Silos">Silos that are active members of the cluster. When one is missing its grains have lost their memory.</param>
/// <param name="Repairs">Nodes whose grains have gone.</param>
[GenerateSerializer, Immutable, Alias("presence.lease-answer")]
public sealed record LeaseAnswer(
    [property: Id(0)] long Epoch,
    [property: Id(1)] ImmutableArray<string> Silos,
    [property: Id(2)] ImmutableArray<Address> Repairs);
