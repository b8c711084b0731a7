using Presence.Contracts;
using Presence.Contracts.Users;
using Presence.Model.Addresses;
using Presence.Model.Finding;
using Presence.Model.Properties;

namespace Presence.Grains.Users;

/// <content>How others find this user and his endpoints.</content>
internal sealed partial class UserGrain
{
    /// <summary>What LOCATE tells of an endpoint, beside its contact.</summary>
    private static readonly string[] Located = ["status", "caps", "device", "input"];

    public async Task<ReadAnswer> Locate(Address person)
    {
        var asker = await Identify(person);
        if (Missing(asker) is { } missing)
            return ReadAnswer.Refused(missing);
        var (refusal, _, properties) = _node.Read(asker, StandardPaths.Endpoints);
        if (refusal is { Code: not 404 })
            return ReadAnswer.Refused(refusal);
        var tellsContact = _node.Access.IsOwner(asker) || _node.Properties[StandardPaths.PeerPolicy]?.Value.Text != "deny";
        return new ReadAnswer(
            null, true, [.. properties.Where(p => p.Path.Count == 3 && IsLocated(p.Path.Last!, tellsContact))]);
    }

    private static bool IsLocated(string name, bool tellsContact) =>
        Located.Contains(name) || (tellsContact && name == "contact");

    private static bool IsListed(PropertyPath path) =>
        path.Equals(StandardPaths.FindPolicy) || path.Equals(StandardPaths.Name);

    /// <summary>Keeps the listing of this user true, or takes it out.</summary>
    private Task List()
    {
        var finder = GrainFactory.GetFinder(_node.Self);
        var name = _node.Properties[StandardPaths.Name]?.Value.Text;
        return _node.Properties[StandardPaths.FindPolicy]?.Value.Text is { Length: > 0 } whom
            ? finder.Put(new Listing(_node.Self.Local!, name?.Length <= Listing.MaxName ? name : null, whom))
            : finder.Remove(_node.Self.Local!);
    }
}
