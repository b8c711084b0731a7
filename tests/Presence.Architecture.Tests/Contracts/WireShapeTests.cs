using Microsoft.Extensions.DependencyInjection;
using Orleans.Serialization;
using Presence.Architecture.Tests.Repository;
using Presence.Contracts.Routes;
using Presence.Contracts.Users;
using Presence.Model.Addresses;
using Presence.Model.Messages;
using Presence.Model.Properties;

namespace Presence.Architecture.Tests.Contracts;

/// <summary>
/// While a cluster is upgraded two versions talk to each other. What one version says is written down here: nothing of it may change
/// or go before every version that says it is out of use. What is new is taken in with each release, by a run with
/// PRESENCE_WIRE=write.
/// </summary>
public sealed class WireShapeTests
{
    private const string Folder = "tests/Presence.Architecture.Tests/Contracts";
    private const string Shapes = $"{Folder}/wire.txt";
    private const string Octets = $"{Folder}/octets.txt";

    private static readonly Address Bob = Address.Parse("bob@b.example");

    /// <summary>One of each kind that crosses most.</summary>
    private static readonly Dictionary<string, object> Samples = new(StringComparer.Ordinal)
    {
        ["write"] = new WriteRequest(
            Bob, [new PropertyChange(PropertyPath.Parse("note"), PropertyValue.OfText("tea"), TimeSpan.FromMinutes(5))], 7),
        ["lease"] = new LeaseAnswer(5, ["S10.0.0.1:11111:1"], [Bob]),
        ["receipt"] = new ReceiptNotice(new Receipt(Bob, "m1", Disposition.Failed, DateTimeOffset.UnixEpoch, 408)),
        ["attached"] = new AttachedSubscription(
            "w1", StandardPaths.Status, Model.Subscriptions.SubscriptionState.Active, [], IsSilent: false),
    };

    [Fact]
    public void What_an_older_version_says_is_said_still()
    {
        if (Environment.GetEnvironmentVariable("PRESENCE_WIRE") == "write")
            File.WriteAllLines(Path.Combine(Checkout.Root, Shapes), WireShape.Lines);
        var known = Read(Shapes);
        Assert.NotEmpty(known);
        Rule.HasNoBreach(known.Except(WireShape.Lines).Select(
            line => $"an older version says, and this one does not (docs/decisions/0086): {line}"));
    }

    [Fact]
    public void Octets_of_an_older_version_are_understood()
    {
        using var services = new ServiceCollection().AddSerializer().BuildServiceProvider();
        var serializer = services.GetRequiredService<Serializer>();
        var known = Read(Octets).Select(line => line.Split(' ')).ToDictionary(words => words[0], words => words[1]);
        Rule.HasNoBreach(
            from sample in Samples
            let now = Convert.ToHexStringLower(serializer.SerializeToArray(sample.Value))
            where !known.ContainsKey(sample.Key)
            select $"add to {Octets}: {sample.Key} {now}");
        foreach (var (name, octets) in known)
        {
            var understood = serializer.Deserialize<object>(Convert.FromHexString(octets));
            Assert.Equal(
                serializer.SerializeToArray(Samples[name]), serializer.SerializeToArray(understood));
        }
    }

    private static string[] Read(string file) => File.ReadAllLines(Path.Combine(Checkout.Root, file));
}
