using System.Globalization;

namespace Hearth.Load;

/// <summary>Prints figures as bench/lib.sh reads them.</summary>
internal static class Figures
{
    public static void Print(params ReadOnlySpan<(string Name, double Value)> figures)
    {
        var pairs = new List<string>();
        foreach (var (name, value) in figures)
        {
            pairs.Add($"{name}={value.ToString("0.###", CultureInfo.InvariantCulture)}");
        }

        Console.WriteLine(string.Join(' ', pairs));
    }
}
