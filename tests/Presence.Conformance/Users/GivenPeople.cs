using Presence.Conformance.Run;

namespace Presence.Conformance.Users;

/// <summary>
/// Existing accounts, used by one check after the other. What a check writes is taken back after it as far as the
/// protocol lets a client do so.
/// </summary>
internal sealed class GivenPeople(IReadOnlyList<Person> people) : IPeople
{
    private readonly Lock _gate = new();
    private readonly Queue<Person> _free = new(people);

    public bool AreFresh => false;

    public Task<Person> Take(string role, CancellationToken cancel)
    {
        lock (_gate)
        {
            return _free.TryDequeue(out var person)
                ? Task.FromResult(person with { Role = role })
                : throw new NotApplicableException($"needs more than the {people.Count} users given by --user");
        }
    }

    public void Return(IReadOnlyList<Person> returned)
    {
        lock (_gate)
        {
            foreach (var person in returned)
                _free.Enqueue(person);
        }
    }

    public Task Remove(Person person, CancellationToken cancel) =>
        throw new NotApplicableException("removes an account: needs --admin");

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
