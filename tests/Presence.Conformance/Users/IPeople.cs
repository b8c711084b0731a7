namespace Presence.Conformance.Users;

/// <summary>Where accounts for the checks come from.</summary>
internal interface IPeople : IAsyncDisposable
{
    /// <summary>True if each user is new and used by one check only.</summary>
    bool AreFresh { get; }

    /// <summary>A user that nobody else has at the same time.</summary>
    Task<Person> Take(string role, CancellationToken cancel);

    /// <summary>The check is over.</summary>
    void Return(IReadOnlyList<Person> people);

    /// <summary>Removes an account, for statements about that.</summary>
    /// <exception cref="Run.NotApplicableException">There is no administration.</exception>
    Task Remove(Person person, CancellationToken cancel);
}
