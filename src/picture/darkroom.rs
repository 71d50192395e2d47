//! Many pictures at once.
//!
//! In: the photos, how many threads there are, and perhaps a cache. Out: what the work on each gives, in the order
//! of the jobs; it doesn't depend on the number of threads. What is being decoded at one time is bounded, so that memory
//! grows with the largest picture and not with their number.

use super::cache::Cache;
use super::jpeg;
use super::recipe::{Developed, Recipe};
use crate::doc::{Photo, PhotoId};
use std::collections::BTreeMap;
use std::fs::File;
use std::io::Read;
use std::num::NonZeroUsize;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::mpsc::sync_channel;
use std::sync::{Condvar, Mutex, PoisonError};
use std::thread;

/// Pixels in the works at one time, unless a single picture has more.
const IN_THE_WORKS: u64 = 64_000_000;

pub struct Darkroom<'a> {
    pub photos: &'a [Photo],
    pub threads: NonZeroUsize,
    pub cache: Option<Cache>,
}

impl<'a> Darkroom<'a> {
    pub fn photo(&self, id: PhotoId) -> &'a Photo {
        &self.photos[id.0 as usize]
    }

    /// The file that `read` probed; what it found holds for no other.
    pub fn open(&self, photo: &Photo) -> Result<File, String> {
        let file = File::open(&photo.path).map_err(|e| e.to_string())?;
        let length = file.metadata().map_err(|e| e.to_string())?.len();
        if length == photo.bytes { Ok(file) } else { Err(format!("{} → {length} bytes", photo.bytes)) }
    }

    /// All its bytes.
    pub fn read(&self, photo: &Photo) -> Result<Vec<u8>, String> {
        let mut bytes = vec![];
        self.open(photo)?.read_to_end(&mut bytes).map_err(|e| e.to_string())?;
        Ok(bytes)
    }

    /// Where in the file a JPEG's data is damaged, in percent; once it was sound it isn't asked again. A file that can't be
    /// read is the finding of whoever writes it.
    pub fn damage(&self, photo: &Photo) -> Option<usize> {
        if self.cache.as_ref().is_some_and(|cache| cache.is_sound(photo)) {
            return None;
        }
        let bytes = self.read(photo).ok()?;
        match jpeg::sound(&bytes) {
            Ok(()) => {
                self.cache.iter().for_each(|cache| cache.put_sound(photo));
                None
            }
            Err(jpeg::Damage(at)) => Some(at * 100 / bytes.len().max(1)),
        }
    }

    /// The picture by the recipe, from the cache where it is there.
    pub fn develop(&self, photo: &Photo, recipe: &Recipe) -> Result<Developed, String> {
        if let Some(developed) = self.cache.as_ref().and_then(|cache| cache.get(photo, recipe)) {
            return Ok(developed);
        }
        let developed = recipe.develop(photo, &self.read(photo)?)?;
        if let Some(cache) = &self.cache {
            cache.put(photo, recipe, &developed);
        }
        Ok(developed)
    }

    /// What `make` gives, from the cache where it was made under this name from the same things, known by their sum.
    pub fn made<E>(
        &self,
        name: &str,
        from: &[u8; 32],
        make: impl FnOnce() -> Result<Vec<u8>, E>,
    ) -> Result<Vec<u8>, E> {
        if let Some(made) = self.cache.as_ref().and_then(|cache| cache.made(name, from)) {
            return Ok(made);
        }
        let made = make()?;
        self.cache.iter().for_each(|cache| cache.put_made(name, from, &made));
        Ok(made)
    }

    /// Does `work` on every job, several at a time, and hands what came of each to `take`, in order. `pixels` says how many a
    /// job decodes. `take` may end it all with an error.
    pub fn each<J: Sync, T: Send, E>(
        &self,
        jobs: &[J],
        pixels: impl Fn(&J) -> u64 + Sync,
        work: impl Fn(&J) -> T + Sync,
        mut take: impl FnMut(&J, T) -> Result<(), E>,
    ) -> Result<(), E> {
        let threads = self.threads.get().min(jobs.len());
        let (next, bench) = (AtomicUsize::new(0), Bench::default());
        thread::scope(|scope| {
            let (sender, receiver) = sync_channel(threads);
            for _ in 0..threads {
                let (sender, next, bench, pixels, work) = (sender.clone(), &next, &bench, &pixels, &work);
                scope.spawn(move || {
                    while let Some((i, job)) =
                        Some(next.fetch_add(1, Ordering::Relaxed)).and_then(|i| Some((i, jobs.get(i)?)))
                    {
                        let room = bench.take(pixels(job));
                        let done = work(job);
                        drop(room);
                        // The other end has gone away after an error.
                        if sender.send((i, done)).is_err() {
                            return;
                        }
                    }
                });
            }
            drop(sender);
            let (mut early, mut due) = (BTreeMap::new(), 0);
            for (i, done) in receiver {
                early.insert(i, done);
                while let Some(done) = early.remove(&due) {
                    take(&jobs[due], done)?;
                    due += 1;
                }
            }
            Ok(())
        })
    }
}

/// Room for so many pixels.
#[derive(Default)]
struct Bench {
    taken: Mutex<u64>,
    freed: Condvar,
}

/// A part of it, given back when it is dropped.
struct Room<'b>(&'b Bench, u64);

impl Bench {
    /// Waits until there is room; a picture larger than the bench has it for itself.
    fn take(&self, pixels: u64) -> Room<'_> {
        let mut taken = self.taken.lock().unwrap_or_else(PoisonError::into_inner);
        while *taken > 0 && *taken + pixels > IN_THE_WORKS {
            taken = self.freed.wait(taken).unwrap_or_else(PoisonError::into_inner);
        }
        *taken += pixels;
        Room(self, pixels)
    }
}

impl Drop for Room<'_> {
    fn drop(&mut self) {
        *self.0.taken.lock().unwrap_or_else(PoisonError::into_inner) -= self.1;
        self.0.freed.notify_all();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn darkroom(threads: usize) -> Darkroom<'static> {
        Darkroom { photos: &[], threads: NonZeroUsize::new(threads).expect("not zero"), cache: None }
    }

    #[test]
    fn results_come_in_the_order_of_the_jobs() {
        let jobs: Vec<u64> = (0..50).collect();
        for threads in [1, 8] {
            let mut got = vec![];
            let take = |job: &u64, done: u64| {
                got.push((*job, done));
                Ok::<(), ()>(())
            };
            let room = |job: &u64| job % 7 * (IN_THE_WORKS / 5);
            darkroom(threads).each(&jobs, room, |job| job * job, take).expect("no error");
            assert_eq!(got, jobs.iter().map(|j| (*j, j * j)).collect::<Vec<_>>(), "{threads} threads");
        }
    }

    #[test]
    fn an_error_ends_it() {
        let jobs: Vec<u64> = (0..1000).collect();
        let stopped = darkroom(4).each(&jobs, |_| 1, |job| *job, |job, _| if *job == 3 { Err(*job) } else { Ok(()) });
        assert_eq!(stopped, Err(3));
    }

    /// Issue: memory doesn't grow with the number of pictures.
    #[test]
    fn pictures_in_the_works_fit_the_bench() {
        let (now, most) = (Mutex::new(0_u64), Mutex::new(0_u64));
        let jobs = [IN_THE_WORKS / 3; 30];
        let work = |job: &u64| {
            let sum = {
                let mut now = now.lock().unwrap();
                *now += job;
                *now
            };
            let mut most = most.lock().unwrap();
            *most = (*most).max(sum);
            drop(most);
            thread::yield_now();
            *now.lock().unwrap() -= job;
        };
        darkroom(8).each(&jobs, |job| *job, work, |_, ()| Ok::<(), ()>(())).expect("no error");
        assert!(*most.lock().unwrap() <= IN_THE_WORKS);
    }
}
