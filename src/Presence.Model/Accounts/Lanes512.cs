using System.Runtime.Intrinsics;

namespace Presence.Model.Accounts;

/// <summary>16 lanes, for processors with AVX-512.</summary>
internal readonly struct Lanes512(Vector512<uint> words) : ILanes<Lanes512>
{
    private readonly Vector512<uint> _words = words;

    public static Lanes512 operator +(Lanes512 left, Lanes512 right) => new(left._words + right._words);

    public static Lanes512 operator ^(Lanes512 left, Lanes512 right) => new(left._words ^ right._words);

    public static Lanes512 operator >>>(Lanes512 words, int count) => new(words._words >>> count);

    public static Lanes512 RotateRight(Lanes512 words, int count) =>
        new((words._words >>> count) | (words._words << (32 - count)));

    public static Lanes512 Select(Lanes512 condition, Lanes512 whenSet, Lanes512 whenClear) =>
        new(Vector512.ConditionalSelect(condition._words, whenSet._words, whenClear._words));
}
