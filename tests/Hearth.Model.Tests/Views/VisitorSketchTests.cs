using CsCheck;
using Hearth.Model.Views;

namespace Hearth.Model.Tests.Views;

public sealed class VisitorSketchTests
{
    [Fact]
    public void Few_visitors_are_counted_exactly() =>
        Gen.ULong[0, 200].Array[0, 400].Sample(visitors =>
        {
            var distinct = visitors.Distinct().ToArray();
            return distinct.Length > VisitorSketch.ExactLimit || Sketch(visitors).Estimate() == distinct.Length;
        });

    [Fact]
    public void The_standard_error_of_many_visitors_is_below_two_percent()
    {
        foreach (var visitors in new[] { 129, 500, 3_000, 10_000, 40_000, 300_000 })
        {
            var squares = Enumerable.Range(1, 60).Select(seed =>
            {
                var random = new Random(seed);
                var estimate = Sketch(Enumerable.Range(0, visitors).Select(_ => (ulong)random.NextInt64(long.MinValue, long.MaxValue))).Estimate();
                return Math.Pow(((double)estimate / visitors) - 1, 2);
            });
            Assert.InRange(Math.Sqrt(squares.Average()), 0, 0.02);
        }
    }

    [Fact]
    public void A_union_is_what_one_sketch_of_all_would_be() =>
        Gen.Select(Gen.ULong.Array[0, 300], Gen.ULong.Array[0, 300]).Sample((left, right) =>
        {
            var union = Sketch(left);
            union.UnionWith(Sketch(right));
            return union.ToBytes().SequenceEqual(Sketch([.. left, .. right]).ToBytes());
        });

    [Fact]
    public void Bytes_bring_the_same_sketch_back() =>
        Gen.ULong.Array[0, 300].Sample(visitors =>
            VisitorSketch.FromBytes(Sketch(visitors).ToBytes()).ToBytes().SequenceEqual(Sketch(visitors).ToBytes()));

    [Fact]
    public void A_visitor_seen_again_changes_nothing() =>
        Gen.ULong.Array[1, 300].Sample(visitors => !Sketch(visitors).Add(visitors[0]));

    [Theory]
    [InlineData(new byte[] { 3 })]
    [InlineData(new byte[] { 1, 2, 3 })]
    [InlineData(new byte[] { 2, 0, 0 })]
    public void Damaged_bytes_are_refused(byte[] bytes) =>
        Assert.Throws<InvalidDataException>(() => VisitorSketch.FromBytes(bytes));

    private static VisitorSketch Sketch(IEnumerable<ulong> visitors)
    {
        var sketch = new VisitorSketch();
        foreach (var visitor in visitors)
        {
            sketch.Add(visitor);
        }

        return sketch;
    }
}
