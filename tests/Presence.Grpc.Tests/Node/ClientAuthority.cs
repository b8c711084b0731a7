using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Presence.Grpc.Tests.Node;

/// <summary>Issues certificates to clients.</summary>
internal sealed class ClientAuthority : IDisposable
{
    private const string ClientAuthentication = "1.3.6.1.5.5.7.3.2";
    private const string ServerAuthentication = "1.3.6.1.5.5.7.3.1";

    // Certificates live by the clock of TLS, which is the machine's.
    private static readonly DateTimeOffset Now = TimeProvider.System.GetUtcNow();

    private readonly ECDsa _key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
    private readonly X509Certificate2 _own;

    public ClientAuthority()
    {
        var request = new CertificateRequest("CN=Clients", _key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, critical: true));
        _own = request.CreateSelfSigned(Now.AddDays(-2), Now.AddDays(2));
    }

    /// <summary>Writes its own certificate and gives the path.</summary>
    public string Write(DirectoryInfo folder)
    {
        var path = Path.Combine(folder.FullName, "clients.pem");
        File.WriteAllText(path, _own.ExportCertificatePem());
        return path;
    }

    public X509Certificate2 Issue(Action<SubjectAlternativeNameBuilder> names, TimeSpan? age = null, bool isForServers = false)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var since = Now - (age ?? TimeSpan.FromHours(1));
        using var issued = Request(key, names, isForServers)
            .Create(_own, since, since.AddHours(2), RandomNumberGenerator.GetBytes(8));
        using var whole = issued.CopyWithPrivateKey(key);
        return Usable(whole);
    }

    public static X509Certificate2 SelfSigned(Action<SubjectAlternativeNameBuilder> names)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using var whole = Request(key, names, isForServers: false).CreateSelfSigned(Now.AddHours(-1), Now.AddHours(1));
        return Usable(whole);
    }

    public void Dispose()
    {
        _own.Dispose();
        _key.Dispose();
    }

    private static CertificateRequest Request(ECDsa key, Action<SubjectAlternativeNameBuilder> names, bool isForServers)
    {
        var request = new CertificateRequest("CN=A client", key, HashAlgorithmName.SHA256);
        var alternatives = new SubjectAlternativeNameBuilder();
        names(alternatives);
        request.CertificateExtensions.Add(alternatives.Build());
        request.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension(
            [new Oid(isForServers ? ServerAuthentication : ClientAuthentication)], critical: false));
        return request;
    }

    // SslStream takes no key that lives in memory only on every system.
    private static X509Certificate2 Usable(X509Certificate2 whole) =>
        X509CertificateLoader.LoadPkcs12(whole.Export(X509ContentType.Pkcs12), null);
}
