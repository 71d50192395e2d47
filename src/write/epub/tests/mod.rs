//! The EPUB read back with other eyes: `zip`, `quick-xml`, `image`.

mod fixture;
mod upstream;
mod whole;
