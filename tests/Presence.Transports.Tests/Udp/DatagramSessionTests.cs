using System.Text;
using Presence.Transports.Tests.Fakes;
using Presence.Transports.Udp;

namespace Presence.Transports.Tests.Udp;

public sealed class DatagramSessionTests
{
    [Fact]
    [Trait("Conformance", "UDP-04")]
    public async Task A_repeated_tag_is_answered_from_memory_with_the_same_octets_and_executed_once()
    {
        using var holder = await KeyHolder.Create();

        holder.Send("SET 1 ~/note val=x\r\n");
        Assert.Equal("200 1 ok\r\n", await holder.Answer());
        holder.Send("SET 1 ~/note val=x\r\n");

        Assert.Equal("200 1 ok\r\n", await holder.Answer());
        Assert.Equal(["SET 1"], holder.Sessions.Executed);
    }

    [Fact]
    public async Task An_answer_that_does_not_fit_is_413_in_its_place()
    {
        using var holder = await KeyHolder.Create();

        holder.Send("GET 1 ~/photo\r\n");

        Assert.Equal("413 1 body-too-large text=use%20TCP\r\n", await holder.Answer());
    }

    [Fact]
    [Trait("Conformance", "UDP-07")]
    public async Task A_new_address_gets_three_times_what_came_from_there_until_it_answers_a_ping()
    {
        using var holder = await KeyHolder.Create();
        holder.Send("PING 1\r\n");
        await holder.Answer();
        for (var number = 0; number < 10; number++)
            await holder.Sessions.Tell("MSG", $"~ from=bob@a.example mid=m{number} {{500}}\r\n{new string('x', 500)}\r\n");

        long received = 0;
        long sent = 0;
        var ping = "";
        for (var round = 2; round < 8; round++)
        {
            var datagram = holder.Client.Seal($"PING {round}\r\n");
            received += datagram.Length;
            holder.Deliver(datagram, KeyHolder.Elsewhere);
            holder.Clock.Advance(TimeSpan.FromSeconds(3));
            foreach (var (octets, to) in await holder.Wires.Next())
            {
                sent += to.Equals(KeyHolder.Elsewhere) ? octets.Length : 0;
                var inner = Encoding.UTF8.GetString(holder.Client.Open(octets));
                ping = inner.StartsWith("PING ", StringComparison.Ordinal) ? inner : ping;
            }

            Assert.InRange(sent, 1, 3 * received);
        }

        holder.Send($"200 {ping[5..].TrimEnd()} pong\r\n", KeyHolder.Elsewhere);
        List<(byte[] Datagram, System.Net.IPEndPoint To)> after = [];
        for (var round = 0; round < 20 && after.Sum(one => one.Datagram.Length) <= 3 * received; round++)
        {
            holder.Clock.Advance(TimeSpan.FromSeconds(1));
            after.AddRange(await holder.Wires.Next());
        }

        Assert.True(after.Sum(one => one.Datagram.Length) > 3 * received);
        Assert.All(after, one => Assert.Equal(KeyHolder.Elsewhere, one.To));
    }

    [Fact]
    public async Task A_proof_from_another_address_proves_nothing()
    {
        using var holder = await KeyHolder.Create();
        holder.Send("PING 1\r\n");
        await holder.Answer();
        holder.Send("PING 2\r\n", KeyHolder.Elsewhere);
        await holder.Wires.Next();

        var late = holder.Client.Seal("200 1 pong\r\n");
        holder.Send("PING 3\r\n", KeyHolder.Elsewhere);
        await holder.Wires.Next();
        holder.Deliver(late, KeyHolder.Home);
        holder.Send("PING 4\r\n", KeyHolder.Elsewhere);

        Assert.Contains(
            await holder.Wires.Next(),
            one => Encoding.UTF8.GetString(holder.Client.Open(one.Datagram)) == "PING 1\r\n");
    }

    [Fact]
    public async Task What_comes_late_from_the_former_address_does_not_repeat_the_question_at_the_new_one()
    {
        using var holder = await KeyHolder.Create();
        holder.Send("PING 1\r\n");
        await holder.Answer();
        var late = holder.Client.Seal("ACK #3\r\n");
        holder.Send("ACK #3\r\n", KeyHolder.Elsewhere);
        Assert.Equal("PING 1\r\n", await holder.Answer());

        holder.Deliver(late, KeyHolder.Home);

        Assert.Empty(holder.Wires.Take());
    }

    [Fact]
    public async Task A_key_ends_with_its_life()
    {
        using var holder = await KeyHolder.Create(new DatagramSettings { MaxKeyLife = TimeSpan.FromMinutes(1) });
        holder.Clock.Advance(TimeSpan.FromSeconds(59));
        holder.Send("PING 1\r\n");
        await holder.Answer();

        holder.Clock.Advance(TimeSpan.FromSeconds(1));
        await holder.Keys.Finished().WaitAsync(Deadline.Limit, TimeProvider.System, Deadline.Token);
        holder.Send("PING 2\r\n");

        Assert.Equal(["PING 1"], holder.Sessions.Executed);
        Assert.Empty(holder.Wires.Take());
    }

    [Fact]
    public async Task A_node_holds_so_many_keys_and_no_more()
    {
        using var holder = await KeyHolder.Create(new DatagramSettings { MaxKeys = 1 });

        var (key, refused) = await holder.Keys.Mint(KeyHolder.Grant());

        Assert.Null(key);
        Assert.Equal(503, refused!.Code);
    }
}
