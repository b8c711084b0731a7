using System.Buffers.Text;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using System.Text.Json;

namespace Presence.Process.Tests.Node;

/// <summary>Those who vouch for users: an issuer of tokens, and an authority for client certificates.</summary>
internal sealed class Vouchers : IDisposable
{
    public const string Issuer = "https://login.example";
    public const string Audience = "presence";
    private const string KeyName = "key-1";

    private readonly ECDsa _key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
    private readonly X509Certificate2 _authority;

    public Vouchers()
    {
        var request = new CertificateRequest("CN=Authority", _key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, critical: true));
        var now = TimeProvider.System.GetUtcNow();
        _authority = request.CreateSelfSigned(now.AddDays(-1), now.AddDays(1));
    }

    /// <summary>What the node is told of them.</summary>
    public string[] Options(string folder, params X509Certificate2[] pinned)
    {
        var point = _key.ExportParameters(includePrivateParameters: false).Q;
        var keys = Path.Combine(folder, "jwks.json");
        File.WriteAllText(keys, JsonSerializer.Serialize(new
        {
            keys = new[]
            {
                new
                {
                    kty = "EC", crv = "P-256", use = "sig", kid = KeyName,
                    x = Base64Url.EncodeToString(point.X), y = Base64Url.EncodeToString(point.Y),
                },
            },
        }));
        var authorities = Path.Combine(folder, "clients.pem");
        File.WriteAllText(authorities, _authority.ExportCertificatePem());
        return
        [
            $"--Presence:Tokens:Keys={keys}", $"--Presence:Tokens:Issuers:0={Issuer}",
            $"--Presence:Tokens:Audiences:0={Audience}", $"--Presence:ClientCertificates:Authorities={authorities}",
            .. pinned.Select((one, index) => $"--Presence:ClientCertificates:Pins:{index}=sha-256:"
                + $"{one.GetCertHashString(HashAlgorithmName.SHA256)} bob@localhost"),
        ];
    }

    /// <summary>A signed token (RFC 7519).</summary>
    public string Token(string subject, TimeSpan life, string issuer = Issuer, int padding = 0)
    {
        var now = TimeProvider.System.GetUtcNow();
        var head = Part(new { alg = "ES256", kid = KeyName, typ = "JWT" });
        var claims = Part(new
        {
            iss = issuer, aud = Audience, sub = subject, pad = new string('x', padding),
            nbf = now.AddMinutes(-10).ToUnixTimeSeconds(), exp = (now + life).ToUnixTimeSeconds(),
        });
        var signature = _key.SignData(Encoding.ASCII.GetBytes($"{head}.{claims}"), HashAlgorithmName.SHA256);
        return $"{head}.{claims}.{Base64Url.EncodeToString(signature)}";
    }

    /// <summary>A certificate for a client that names this address, issued by the authority or by itself.</summary>
    public X509Certificate2 Certificate(string address, bool isSelfSigned = false, string usage = "1.3.6.1.5.5.7.3.2")
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=somebody", key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddUri(new Uri($"pip:{address}"));
        request.CertificateExtensions.Add(names.Build());
        request.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension([new Oid(usage)], critical: false));
        var now = TimeProvider.System.GetUtcNow();
        using var made = isSelfSigned
            ? request.CreateSelfSigned(now.AddHours(-1), now.AddHours(1))
            : Signed(request, now, key);
        return X509CertificateLoader.LoadPkcs12(made.Export(X509ContentType.Pfx), password: null);
    }

    public void Dispose()
    {
        _authority.Dispose();
        _key.Dispose();
    }

    private X509Certificate2 Signed(CertificateRequest request, DateTimeOffset now, ECDsa key)
    {
        using var bare = request.Create(
            _authority, now.AddHours(-1), now.AddHours(1), RandomNumberGenerator.GetBytes(8));
        return bare.CopyWithPrivateKey(key);
    }

    private static string Part(object content) =>
        Base64Url.EncodeToString(JsonSerializer.SerializeToUtf8Bytes(content));
}
