namespace Presence.Testing.Conversations;

/// <summary>`login`, `authenticate` and `attempt` with their options.</summary>
internal static class SignInParser
{
    public static SignInDepth? Depth(string word) => word switch
    {
        "login" => SignInDepth.Login,
        "authenticate" => SignInDepth.Authenticate,
        "attempt" => SignInDepth.Attempt,
        _ => null,
    };

    /// <exception cref="FormatException">An unknown option, or an actor without an account.</exception>
    public static SignInOptions Options(string actor, SignInDepth depth, IEnumerable<string> words, StoryLedger ledger)
    {
        var options = words.Select(word => word.Split('=', 2)).ToDictionary(
            pair => pair[0], pair => pair.Length == 2 ? pair[1] : "", StringComparer.Ordinal);
        var user = Take(options, "user");
        var password = Take(options, "password");
        if (user is null || password is null)
        {
            var account = ledger.UserOf(user ?? actor);
            user ??= account.Local;
            password ??= account.Password;
        }

        var flag = Take(options, "flag") ?? "n";
        var salt = Take(options, "salt");
        if (salt is not null)
            ledger.Binds(salt);
        var bind = depth == SignInDepth.Login ? Bind(actor, options) : "";
        if (flag is not ("n" or "y") || (depth != SignInDepth.Login && options.Count > 0))
            throw new FormatException("options: user=, password=, flag=n or y, salt=; login also takes those of BIND");
        return new SignInOptions(user, password, flag[0], salt is null ? null : ValuePattern.Parse(salt), bind);
    }

    private static string Bind(string actor, Dictionary<string, string> options)
    {
        var unseen = Take(options, "unseen") is not null;
        options.TryAdd("ep", actor.Split('/')[^1]);
        if (!unseen)
            options.TryAdd("show", "online");
        return string.Concat(options.Select(pair => $" {pair.Key}={pair.Value}"));
    }

    private static string? Take(Dictionary<string, string> options, string name) =>
        options.Remove(name, out var value) ? value : null;
}
