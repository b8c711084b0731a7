using System.Security.Cryptography;
using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;

namespace Presence.WebConsole;

/// <summary>One file of the pages, as it is served.</summary>
/// <param name="Octets">Its content.</param>
/// <param name="Type">Its content type.</param>
internal sealed record WebFile(byte[] Octets, string Type)
{
    /// <summary>Names the content: what is the same has the same tag in every process and release.</summary>
    private readonly EntityTagHeaderValue _tag = new($"\"{Convert.ToHexStringLower(SHA256.HashData(Octets)[..16])}\"");

    /// <summary>The answer: the content, or 304 to who has it already.</summary>
    public IResult Answer() => Results.Bytes(Octets, Type, entityTag: _tag);
}
