using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Presence.Model.Accounts;

/// <summary>
/// The compression function of SHA-256 (FIPS 180-4 section 6.2.2) for as many messages at once as a vector of
/// <typeparamref name="TLanes"/> has lanes of 32 bits: word n of the vector belongs to message n.
/// </summary>
/// <typeparam name="TLanes">Nothing but a vector of <see cref="uint"/>, such as <see cref="Lanes256"/>.</typeparam>
internal static class Sha256Lanes<TLanes>
    where TLanes : unmanaged, ILanes<TLanes>
{
    /// <summary>Words of a block, of 32 bits.</summary>
    public const int BlockWords = 16;

    /// <summary>Words of a state, of 32 bits.</summary>
    public const int StateWords = 8;

    private const int Rounds = 64;

    private static readonly TLanes[] RoundConstants = [.. Sha256Constants.Rounds.Select(InAllLanes)];
    private static readonly TLanes[] Start = [.. Sha256Constants.Initial.Select(InAllLanes)];

    /// <summary>The state before the first block of a message.</summary>
    public static ReadOnlySpan<TLanes> InitialState => Start;

    /// <summary>Lanes of the vector, and so messages at once.</summary>
    public static int Count => Unsafe.SizeOf<TLanes>() / sizeof(uint);

    public static TLanes InAllLanes(uint word)
    {
        TLanes lanes = default;
        MemoryMarshal.Cast<TLanes, uint>(new Span<TLanes>(ref lanes)).Fill(word);
        return lanes;
    }

    /// <summary>Takes one block into the state. The block is used up.</summary>
    // Tiers would start it slow, and a batch is over before they change their mind.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Compress(Span<TLanes> state, Span<TLanes> block)
    {
        ReadOnlySpan<TLanes> constants = RoundConstants;
        var (a, b, c, d) = (state[0], state[1], state[2], state[3]);
        var (e, f, g, h) = (state[4], state[5], state[6], state[7]);
        for (var from = 0; from < Rounds; from += BlockWords)
        {
            if (from > 0)
                Extend(block);
            for (var at = 0; at < BlockWords; at++)
            {
                var sum1 = TLanes.RotateRight(e, 6) ^ TLanes.RotateRight(e, 11) ^ TLanes.RotateRight(e, 25);
                var choice = TLanes.Select(e, f, g);
                var first = h + constants[from + at] + block[at] + choice + sum1;
                var sum0 = TLanes.RotateRight(a, 2) ^ TLanes.RotateRight(a, 13) ^ TLanes.RotateRight(a, 22);
                var majority = TLanes.Select(a ^ b, c, a);
                (h, g, f, e) = (g, f, e, d + first);
                (d, c, b, a) = (c, b, a, first + sum0 + majority);
            }
        }

        (state[0], state[1], state[2], state[3]) = (state[0] + a, state[1] + b, state[2] + c, state[3] + d);
        (state[4], state[5], state[6], state[7]) = (state[4] + e, state[5] + f, state[6] + g, state[7] + h);
    }

    /// <summary>Replaces 16 words of the message schedule by the next 16.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Extend(Span<TLanes> schedule)
    {
        for (var at = 0; at < BlockWords; at++)
        {
            var late = schedule[(at + 14) & (BlockWords - 1)];
            var early = schedule[(at + 1) & (BlockWords - 1)];
            var sigma1 = TLanes.RotateRight(late, 17) ^ TLanes.RotateRight(late, 19) ^ (late >>> 10);
            var sigma0 = TLanes.RotateRight(early, 7) ^ TLanes.RotateRight(early, 18) ^ (early >>> 3);
            schedule[at] = schedule[at] + sigma0 + schedule[(at + 9) & (BlockWords - 1)] + sigma1;
        }
    }
}
