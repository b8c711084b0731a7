using System.Globalization;

namespace Presence.Testing.Conversations;

/// <summary>
/// What one actor has done on its connection at some line of the story. The shorthands take their tags from here;
/// a story that later writes such a tag itself would get a cached answer, so that is an error of the story.
/// </summary>
internal sealed class ConnectionLedger
{
    private readonly HashSet<long> _taken = [];
    private long _highest;

    public bool Greeted { get; private set; }

    public bool Authenticated { get; private set; }

    public long TakeTag()
    {
        _taken.Add(++_highest);
        return _highest;
    }

    public SignInTags SignIn(SignInDepth depth)
    {
        var hello = Greeted ? 0 : TakeTag();
        var auth = Authenticated ? 0 : TakeTag();
        if (auth > 0)
            TakeTag();
        Greeted = true;
        Authenticated |= depth != SignInDepth.Attempt;
        return new SignInTags(hello, auth, depth == SignInDepth.Login ? TakeTag() : 0);
    }

    /// <exception cref="FormatException">The tag was taken by a shorthand before.</exception>
    public void Sent(string line)
    {
        var words = line.Split(' ');
        if (words[0] == "HELLO")
            Greeted = true;
        if (words.Length < 2 || !char.IsAsciiLetterUpper(words[0].FirstOrDefault())
            || !long.TryParse(words[1], NumberStyles.None, CultureInfo.InvariantCulture, out var tag))
            return;
        if (_taken.Contains(tag))
            throw new FormatException($"the tag {tag} was used by a shorthand above; write {_highest + 1} or more");
        _highest = Math.Max(_highest, tag);

        // Tags before them belong to the connection; from here on they are the session's.
        if (words[0] is "BIND" or "RESUME")
            _taken.Clear();
    }
}
