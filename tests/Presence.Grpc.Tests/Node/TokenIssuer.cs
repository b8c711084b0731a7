using System.Security.Cryptography;
using System.Text.Json;
using Grpc.Core;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace Presence.Grpc.Tests.Node;

/// <summary>Somebody whose tokens the node takes.</summary>
internal sealed class TokenIssuer : IDisposable
{
    public const string Name = "https://login.example";
    public const string Audience = "presence";
    private const string KeyName = "key-1";

    private readonly ECDsa _key = ECDsa.Create(ECCurve.NamedCurves.nistP256);

    /// <summary>Writes the public key into a file and gives its path.</summary>
    public string WriteKeys(DirectoryInfo folder)
    {
        var point = _key.ExportParameters(includePrivateParameters: false).Q;
        var path = Path.Combine(folder.FullName, "jwks.json");
        var key = new
        {
            kty = "EC", crv = "P-256", use = "sig", kid = KeyName,
            x = Base64UrlEncoder.Encode(point.X), y = Base64UrlEncoder.Encode(point.Y),
        };
        File.WriteAllText(path, JsonSerializer.Serialize(new { keys = new[] { key } }));
        return path;
    }

    public Metadata Token(
        string subject, DateTimeOffset now, TimeSpan life, string issuer = Name, string audience = Audience, ECDsa? key = null) =>
        Bearer(new SigningCredentials(new ECDsaSecurityKey(key ?? _key) { KeyId = KeyName }, SecurityAlgorithms.EcdsaSha256),
            subject, now, life, issuer, audience);

    /// <summary>Signed with a secret that anybody can know: the text of the public key's file.</summary>
    public static Metadata TokenBySecret(string subject, DateTimeOffset now, byte[] secret) => Bearer(
        new SigningCredentials(new SymmetricSecurityKey(secret) { KeyId = KeyName }, SecurityAlgorithms.HmacSha256),
        subject, now, TimeSpan.FromMinutes(5), Name, Audience);

    public static Metadata Unsigned(string subject, DateTimeOffset now) =>
        Bearer(null, subject, now, TimeSpan.FromMinutes(5), Name, Audience);

    public void Dispose() => _key.Dispose();

    private static Metadata Bearer(
        SigningCredentials? by, string subject, DateTimeOffset now, TimeSpan life, string issuer, string audience)
    {
        var token = new JsonWebTokenHandler { SetDefaultTimesOnTokenCreation = false }.CreateToken(new SecurityTokenDescriptor
        {
            Issuer = issuer,
            Audience = audience,
            NotBefore = now.UtcDateTime,
            Expires = (now + life).UtcDateTime,
            Claims = new Dictionary<string, object>(StringComparer.Ordinal) { ["sub"] = subject },
            SigningCredentials = by,
        });
        return new Metadata { { "authorization", $"Bearer {token}" } };
    }
}
