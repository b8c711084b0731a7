namespace Presence.Cli.Admin;

/// <summary>Answer to GET /admin/users.</summary>
internal sealed record UserList(IReadOnlyList<string> Users);

/// <summary>Body of POST /admin/users.</summary>
internal sealed record NewUser(string Address, string Password);

/// <summary>Body of PUT /admin/users/{address}/password.</summary>
internal sealed record NewPassword(string Password);

/// <summary>Answer to POST /admin/users/import.</summary>
internal sealed record ImportAnswer(int Added, int Existing, IReadOnlyList<RefusedLine>? Refused);

/// <param name="Line">Counted from 1 within the text sent.</param>
internal sealed record RefusedLine(int Line, string? Address, string? Why);

/// <summary>Answer to GET /admin/explain.</summary>
internal sealed record Explanation(string Asker, string User, IReadOnlyList<ExplainedLine> Lines);

/// <param name="Subject">What the line is about, such as a property or a verb.</param>
/// <param name="Text">What is decided, and by which rule.</param>
internal sealed record ExplainedLine(string Subject, string Text);

/// <summary>RFC 9457.</summary>
internal sealed record Problem(string? Title, string? Detail);
