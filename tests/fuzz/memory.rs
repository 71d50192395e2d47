//! What is allocated now and was at most: a bound on memory is tested to the byte, on every system.

use std::alloc::{GlobalAlloc, Layout, System};
use std::sync::atomic::{AtomicUsize, Ordering::Relaxed};
use std::sync::{Mutex, MutexGuard, PoisonError};

pub struct Counting {
    now: AtomicUsize,
    most: AtomicUsize,
    alone: Mutex<()>,
}

impl Counting {
    pub const fn new() -> Counting {
        Counting { now: AtomicUsize::new(0), most: AtomicUsize::new(0), alone: Mutex::new(()) }
    }

    /// Tests run side by side, and what one allocates would be counted as another's: each holds this.
    pub fn alone(&self) -> MutexGuard<'_, ()> {
        self.alone.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The most that `work` had allocated at a time, beside what was there before it.
    pub fn most<T>(&self, work: impl FnOnce() -> T) -> (T, usize) {
        let before = self.now.load(Relaxed);
        self.most.store(before, Relaxed);
        let done = work();
        (done, self.most.load(Relaxed).saturating_sub(before))
    }

    fn more(&self, bytes: usize) {
        self.most.fetch_max(self.now.fetch_add(bytes, Relaxed) + bytes, Relaxed);
    }
}

// SAFETY: the system's allocator does the work; counting touches no memory of its callers.
unsafe impl GlobalAlloc for Counting {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        self.more(layout.size());
        unsafe { System.alloc(layout) }
    }
    unsafe fn dealloc(&self, at: *mut u8, layout: Layout) {
        self.now.fetch_sub(layout.size(), Relaxed);
        unsafe { System.dealloc(at, layout) }
    }
    /// Systems move pages of a large block that grows; they don't copy it.
    unsafe fn realloc(&self, at: *mut u8, layout: Layout, size: usize) -> *mut u8 {
        self.now.fetch_sub(layout.size(), Relaxed);
        self.more(size);
        unsafe { System.realloc(at, layout, size) }
    }
}
