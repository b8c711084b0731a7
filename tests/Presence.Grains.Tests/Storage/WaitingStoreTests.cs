using Presence.Grains.Users;

namespace Presence.Grains.Tests.Storage;

public sealed class WaitingStoreTests
{
    [Fact]
    public async Task What_could_not_be_stored_has_not_happened()
    {
        var isGone = false;
        var storage = new CountingStorage();
        var store = new WaitingStore(new StoredRecord<RequestRecord>(storage, "requests"), () => isGone = true);
        var first = new RequestRecord();
        await store.Write(first);

        storage.FailsAfter = 0;
        await Assert.ThrowsAsync<IOException>(() => store.Write(new RequestRecord()));

        Assert.Same(first, store.State);
        Assert.True(isGone);
    }
}
