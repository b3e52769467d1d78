using Hearth.Replay;
using Hearth.Replay.Output;

return await ReplayCommand.Run(args, Terminal.OfProcess(), TimeProvider.System);
