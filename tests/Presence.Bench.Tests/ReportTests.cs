namespace Presence.Bench.Tests;

public sealed class ReportTests
{
    [Theory]
    [InlineData(0, 0)]
    [InlineData(0.004123456, 0.004123)]
    [InlineData(0.153456, 0.1535)]
    [InlineData(0.9999999, 1)]
    [InlineData(5.31249, 5.312)]
    [InlineData(-0.0213456, -0.02135)]
    [InlineData(12345.6789, 12345.68)]
    public void A_small_figure_keeps_four_digits(double found, double told) => Assert.Equal(told, Report.Rounded(found), 1e-12);

    [Theory]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    public void What_is_no_number_stays_none(double found) => Assert.Equal(found, Report.Rounded(found));
}
