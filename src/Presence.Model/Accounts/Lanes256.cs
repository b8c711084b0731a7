using System.Runtime.Intrinsics;

namespace Presence.Model.Accounts;

/// <summary>8 lanes, for processors with AVX2.</summary>
internal readonly struct Lanes256(Vector256<uint> words) : ILanes<Lanes256>
{
    private readonly Vector256<uint> _words = words;

    public static Lanes256 operator +(Lanes256 left, Lanes256 right) => new(left._words + right._words);

    public static Lanes256 operator ^(Lanes256 left, Lanes256 right) => new(left._words ^ right._words);

    public static Lanes256 operator >>>(Lanes256 words, int count) => new(words._words >>> count);

    public static Lanes256 RotateRight(Lanes256 words, int count) =>
        new((words._words >>> count) | (words._words << (32 - count)));

    public static Lanes256 Select(Lanes256 condition, Lanes256 whenSet, Lanes256 whenClear) =>
        new(Vector256.ConditionalSelect(condition._words, whenSet._words, whenClear._words));
}
