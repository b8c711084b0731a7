using System.Security.Cryptography;
using Presence.Model.Addresses;
using Presence.Transports.Certificates;

namespace Presence.Transports.Tests.Fakes;

/// <summary>One certificate of its own for each name.</summary>
internal sealed class FixedCertificates(params string[] names) : ICertificateSource
{
    private readonly Dictionary<string, ServedCertificate> _byName = names.ToDictionary(name => name, Make);

    public ServedCertificate this[string name] => _byName[name];

    public ServedCertificate? Find(string? serverName) =>
        serverName is null or "" ? _byName.Values.First() : _byName.GetValueOrDefault(serverName);

    private static ServedCertificate Make(string name)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = SubjectNames.Request(key, [Domain.Parse(name)]);
        var now = TimeProvider.System.GetUtcNow();
        return new ServedCertificate(request.CreateSelfSigned(now.AddHours(-1), now.AddDays(1)));
    }
}
