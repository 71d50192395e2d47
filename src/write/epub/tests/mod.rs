//! The EPUB read back with other eyes: `zip`, `quick-xml`, `image`.

mod archive;
mod fixture;
mod large;
mod photos;
mod upstream;
mod whole;
