using Hearth.GrainInterfaces.Sessions;
using Hearth.Model.Clocks;
using Hearth.Model.Sessions;
using Orleans.Concurrency;

namespace Hearth.Grains.Sessions;

[GrainType("session-census"), StatelessWorker]
internal sealed class SessionCensusGrain(ISessionStore store, SteadyClock time) : Grain, ISessionCensusGrain
{
    public ValueTask<long> CountLive() => store.Count(time.GetUtcNow());
}
