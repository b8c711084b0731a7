namespace Presence.Gateway.Admin;

/// <summary>Body of <c>POST /admin/users</c>.</summary>
internal sealed record AddUser(string? Address, string? Password)
{
    /// <summary>The address only: a password must not reach a log.</summary>
    public override string ToString() => Address ?? "";
}

/// <summary>Body of <c>PUT /admin/users/{address}/password</c>.</summary>
internal sealed record NewPassword(string? Password)
{
    /// <summary>Nothing: a password must not reach a log.</summary>
    public override string ToString() => "";
}

/// <summary>Answer to <c>POST /admin/users</c>: the address in its canonical form.</summary>
internal sealed record UserAdded(string Address);

/// <summary>Answer to <c>GET /admin/users</c>, sorted by octets.</summary>
internal sealed record UserList(IReadOnlyList<string> Users);
