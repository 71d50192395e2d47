//! The tables of one press, made when a photo first wants them.

use super::press::{Press, Unfit};
use super::separation::{Greys, Separation};
use sha2::{Digest, Sha256};
use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, PoisonError};

/// By the photo's profile; None: sRGB.
type By<T> = Mutex<BTreeMap<Option<Vec<u8>>, Arc<T>>>;

pub struct Tables {
    press: Press,
    /// Tells presses apart, in file names too.
    name: String,
    separations: By<Separation>,
    greys: By<Greys>,
}

impl Tables {
    /// For the press of an output profile.
    pub fn new(icc: &[u8]) -> Result<Tables, Unfit> {
        let name = Sha256::digest(icc)[..4].iter().map(|b| format!("{b:02x}")).collect();
        Ok(Tables { press: Press::open(icc)?, name, separations: By::default(), greys: By::default() })
    }

    pub fn name(&self) -> &str {
        &self.name
    }

    /// RGB of this profile in four inks.
    pub fn separation(&self, icc: Option<&[u8]>) -> Arc<Separation> {
        of(&self.separations, icc, || Separation::new(icc, &self.press))
    }

    /// RGB of this profile in black alone.
    pub fn greys(&self, icc: Option<&[u8]>) -> Arc<Greys> {
        of(&self.greys, icc, || Greys::new(icc, &self.press))
    }
}

/// Made under the lock: a second thread that wants the same waits for it rather than making it twice.
fn of<T>(all: &By<T>, icc: Option<&[u8]>, make: impl FnOnce() -> T) -> Arc<T> {
    let mut all = all.lock().unwrap_or_else(PoisonError::into_inner);
    all.entry(icc.map(<[u8]>::to_vec)).or_insert_with(|| Arc::new(make())).clone()
}
