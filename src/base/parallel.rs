//! Work that doesn't depend on its order, on several threads.

use std::num::NonZeroUsize;
use std::sync::atomic::{AtomicUsize, Ordering};

/// `work(0) … work(count - 1)`, results in that order whatever the number of threads. A panic goes on in the caller.
pub fn in_parallel<T: Send>(threads: NonZeroUsize, count: usize, work: impl Fn(usize) -> T + Sync) -> Vec<T> {
    let next = AtomicUsize::new(0);
    let share = || {
        let mut done = vec![];
        loop {
            match next.fetch_add(1, Ordering::Relaxed) {
                i if i < count => done.push((i, work(i))),
                _ => return done,
            }
        }
    };
    let mut all: Vec<(usize, T)> = std::thread::scope(|scope| {
        let workers: Vec<_> = (0..threads.get().min(count)).map(|_| scope.spawn(share)).collect();
        workers.into_iter().flat_map(|w| w.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic))).collect()
    });
    all.sort_by_key(|(i, _)| *i);
    all.into_iter().map(|(_, done)| done).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn results_keep_their_order() {
        for threads in [1, 3, 8] {
            let threads = NonZeroUsize::new(threads).expect("not zero");
            assert_eq!(in_parallel(threads, 5, |i| i * i), [0, 1, 4, 9, 16]);
            assert!(in_parallel(threads, 0, |i| i).is_empty());
        }
    }
}
