using FsCheck;
using FsCheck.Fluent;
using Presence.Model.Messages;
using Presence.Model.Tests.Properties;

namespace Presence.Model.Tests.Messages;

/// <summary>What was settled lately, beside a plain list of it.</summary>
public sealed class RecentMarksLawTests
{
    private static readonly MessageMark[] Marks = [.. Enumerable.Range(0, 60).Select(id => MessageMark.Of(Letter.Bob, $"{id}"))];

    private static readonly Gen<(Kind Kind, int Id, int Until)> AnyStep =
        from kind in Gen.Frequency((6, Gen.Constant(Kind.Add)), (4, Gen.Constant(Kind.RemoveOldest)), (1, Gen.Constant(Kind.Remove)))
        from id in Gen.Choose(0, Marks.Length - 1)
        from until in Gen.Choose(1, 1000)
        select (kind, id, until);

    private enum Kind
    {
        Add,
        RemoveOldest,
        Remove,
    }

    [Fact]
    public void It_remembers_what_a_list_would_and_forgets_in_the_same_order() =>
        Prop.ForAll(AnyStep.ListOf().Resize(300).ToArbitrary(), steps =>
        {
            var marks = new RecentMarks();
            var list = new List<(MessageMark? Mark, long Until)>();
            foreach (var (kind, id, until) in steps)
            {
                var at = list.FindIndex(one => one.Mark == Marks[id]);
                if (kind == Kind.Add)
                {
                    marks.Add(Marks[id], until);
                    if (at < 0)
                        list.Add((Marks[id], until));
                    else
                        list[at] = (Marks[id], until);
                }
                else if (kind == Kind.Remove)
                {
                    marks.Remove(Marks[id]);
                    if (at >= 0)
                        list[at] = (null, list[at].Until);
                }
                else if (list.Count > 0)
                {
                    var oldest = marks.RemoveOldest();
                    Assert.Equal(list[0].Mark ?? oldest, oldest);
                    list.RemoveAt(0);
                }

                Assert.Equal(list.Count, marks.Count);
                Assert.Equal(list.Count == 0 ? long.MaxValue : list[0].Until, marks.OldestUntil);
                Assert.All(Marks, mark => Assert.Equal(list.Find(one => one.Mark == mark).Until, marks.Until(mark)));
                Assert.All(Marks, mark => Assert.Equal(list.Exists(one => one.Mark == mark), marks.Contains(mark)));
            }
        }).Check(Laws.Seeded.WithMaxTest(200));
}
