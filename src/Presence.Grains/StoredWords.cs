namespace Presence.Grains;

/// <summary>
/// What the stored states of nodes are full of, for the packer of the file of a node, which need not store it again and again:
/// names in the order in which they stand, and what they most often hold. It never changes; other words would be a form of their own
/// beside this one. Source: decision 0068.
/// </summary>
public static class StoredWords
{
    private static readonly byte[] Words =
    [
        .. """{"text":"","type":"text/plain;charset=utf-8","subject":"","body":"","wants":1,"isForBest":true,"hops":1}"""u8,
        .. """{"salt":"==","iterations":100000,"storedKey":"=","serverKey":"="}{"locals":["",""]}"""u8,
        .. """{"role":1,"since":17,"classes":[""],"isExplicit":true,"scope":5,"effect":2,"passphrases":[{"id":"","salt":"","key":"="}]}"""u8,
        .. """{"kind":"group","owner":"@","lists":[{"path":"note"},"persons":[{"who":"@","since":17,"personsVersion":17"""u8,
        .. """{"created":17,"nodeId":"","properties":[{"path":"contact/name","version":17,"changedAt":17,"text":""}],"""u8,
        .. """{"added":{"version":17,"entries":[{"who":"@","rights":5},{"who":"@","rights":24,"path":""},{"who":" "}]}}"""u8,
        .. """{"entries":[{"id":"","node":"@","path":"status","until":17},{"id":" "}]}"""u8,
        .. """{"entries":[{"who":"@","id":"","path":"status","state":1,"seen":1,"since":17,"until":17},{"who":" "}"""u8,
    ];

    /// <summary>The words, the most frequent at the end: about 800 octets.</summary>
    public static ReadOnlyMemory<byte> Octets => Words;
}
