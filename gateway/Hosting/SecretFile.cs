using System.Security.Cryptography;
using Presence.Transports.Certificates;

namespace Presence.Gateway.Hosting;

/// <summary>A secret of 32 random octets, made once and kept as hexadecimal digits in a file of mode 600.</summary>
internal static class SecretFile
{
    private const int Octets = 32;

    /// <summary>The digits, lower case.</summary>
    /// <exception cref="StartRefusedException">The file holds something else.</exception>
    public static string LoadOrCreate(string path) => File.Exists(path) ? Load(path) : Create(path);

    private static string Create(string path)
    {
        var secret = RandomNumberGenerator.GetHexString(2 * Octets, lowercase: true);
        PrivateFile.Write(path, secret + "\n");
        return secret;
    }

    private static string Load(string path)
    {
        var secret = File.ReadAllText(path).Trim();
        return secret.Length == 2 * Octets && secret.All(char.IsAsciiHexDigit)
            ? secret.ToLowerInvariant()
            : throw new StartRefusedException(
                $"{path} does not hold {2 * Octets} hexadecimal digits; delete it and a new one is made.");
    }
}
