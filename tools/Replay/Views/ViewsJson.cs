using System.Text.Json;
using System.Text.Json.Serialization;

namespace Hearth.Replay.Views;

[JsonSourceGenerationOptions(JsonSerializerDefaults.Web, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(IReadOnlyList<View>))]
[JsonSerializable(typeof(View))]
[JsonSerializable(typeof(ViewsAccepted))]
[JsonSerializable(typeof(ServerProblem))]
internal sealed partial class ViewsJson : JsonSerializerContext;
