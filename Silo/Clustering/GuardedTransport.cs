using System.Diagnostics.CodeAnalysis;
using System.IO.Pipelines;
using Microsoft.AspNetCore.Connections;
using Microsoft.Extensions.DependencyInjection;

namespace Hearth.Silo.Clustering;

/// <summary>
/// A connection to this silo that ends, unread, where the process stood still while bytes may have waited in it: their
/// callers have given up, and what they asked would be done late, here or by the silo that it is passed on to.
/// </summary>
internal sealed class GuardedTransport(IDuplexPipe transport, StandstillGuard guard) : PipeReader, IDuplexPipe
{
    private readonly int _standstills = guard.Standstills;

    public PipeReader Input => this;

    public PipeWriter Output => transport.Output;

    /// <summary>Guards every connection that a builder makes.</summary>
    public static void Guard(IConnectionBuilder builder)
    {
        var guard = builder.ApplicationServices.GetRequiredService<StandstillGuard>();
        builder.Use(next => connection =>
        {
            connection.Transport = new GuardedTransport(connection.Transport, guard);
            return next(connection);
        });
    }

    public override async ValueTask<ReadResult> ReadAsync(CancellationToken cancellationToken = default) =>
        Check(await transport.Input.ReadAsync(cancellationToken));

    public override bool TryRead([MaybeNullWhen(false)] out ReadResult result) =>
        transport.Input.TryRead(out result) && Check(result) is { };

    public override void AdvanceTo(SequencePosition consumed) => transport.Input.AdvanceTo(consumed);

    public override void AdvanceTo(SequencePosition consumed, SequencePosition examined) => transport.Input.AdvanceTo(consumed, examined);

    public override void CancelPendingRead() => transport.Input.CancelPendingRead();

    public override void Complete(Exception? exception = null) => transport.Input.Complete(exception);

    private ReadResult Check(ReadResult result) => guard.Standstills == _standstills
        ? result
        : throw new ConnectionAbortedException("This silo stood still while the connection was open.");
}
