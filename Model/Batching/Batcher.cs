namespace Hearth.Model.Batching;

/// <summary>
/// Gathers items while a batch of earlier ones is under way, so that a lone item goes at once and many go together: group
/// commit without a waiting window. Any thread may call it.
/// </summary>
/// <typeparam name="T">What is gathered.</typeparam>
public sealed class Batcher<T>
{
    private readonly Lock _gate = new();
    private readonly Queue<T> _waiting = new();
    private bool _isSending;

    /// <summary>Adds an item; true where nothing is under way, and then the caller sends until <see cref="Take"/> returns nothing.</summary>
    public bool Add(T item)
    {
        lock (_gate)
        {
            _waiting.Enqueue(item);
            return !_isSending && (_isSending = true);
        }
    }

    /// <summary>Takes the next batch, in the order of adding; where it is empty, sending is over.</summary>
    /// <param name="max">How many items a batch has at most, from 1.</param>
    public IReadOnlyList<T> Take(int max)
    {
        lock (_gate)
        {
            var batch = new List<T>(Math.Min(_waiting.Count, max));
            while (batch.Count < max && _waiting.TryDequeue(out var item))
            {
                batch.Add(item);
            }

            _isSending = batch.Count > 0;
            return batch;
        }
    }

    /// <summary>Takes out the first items for which a condition holds, without a word on whether sending goes on.</summary>
    public IReadOnlyList<T> TakeWhile(Func<T, bool> condition)
    {
        lock (_gate)
        {
            var taken = new List<T>();
            while (_waiting.TryPeek(out var next) && condition(next))
            {
                taken.Add(_waiting.Dequeue());
            }

            return taken;
        }
    }
}
