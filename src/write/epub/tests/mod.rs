//! The EPUB read back with other eyes: `zip`, `quick-xml`, `image`.

mod fixture;
mod photos;
mod upstream;
mod whole;
