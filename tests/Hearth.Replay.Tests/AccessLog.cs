using System.Globalization;
using System.Text;

namespace Hearth.Replay.Tests;

/// <summary>Makes log lines, and files of them that are gone after the test.</summary>
public sealed class AccessLog : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("hearth-replay-");

    public static readonly DateTimeOffset Start = new(2026, 11, 22, 18, 0, 0, TimeSpan.Zero);

    public static string Line(
        string path = "/", int second = 0, string method = "GET", int status = 200, string address = "192.0.2.1", string agent = "Mozilla/5.0") =>
        $"{Common(path, second, method, status, address)} \"-\" \"{agent}\"";

    public static string Common(string path = "/", int second = 0, string method = "GET", int status = 200, string address = "192.0.2.1") =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"{address} - - [{Start.AddSeconds(second):dd/MMM/yyyy:HH:mm:ss} +0000] \"{method} {path} HTTP/1.1\" {status} 1234");

    public static ReadOnlyMemory<byte> Bytes(string text) => Encoding.Latin1.GetBytes(text);

    public string File(string name, params IEnumerable<string> lines) => File(name, Encoding.Latin1.GetBytes(string.Concat(lines.Select(line => line + "\n"))));

    public string File(string name, byte[] content)
    {
        var path = Path.Combine(_folder.FullName, name);
        System.IO.File.WriteAllBytes(path, content);
        return path;
    }

    public void Dispose() => _folder.Delete(recursive: true);
}
