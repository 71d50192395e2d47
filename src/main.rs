//! The `qikan` program: the command line with the fonts it carries.

use qikan::cli::{Resources, run};
use qikan::font::Library;
use std::path::Path;
use std::process::ExitCode;

fn main() -> ExitCode {
    run(Resources { library })
}

fn library(dir: Option<&Path>) -> Result<Library, String> {
    match dir {
        Some(dir) => Library::from_dir(dir).map_err(|e| e.to_string()),
        None => embedded(),
    }
}

#[cfg(feature = "embedded-fonts")]
fn embedded() -> Result<Library, String> {
    macro_rules! carried {
        ($($name:literal)*) => {
            Library::open(|wanted| match wanted {
                $($name => {
                    let bytes: &'static [u8] = include_bytes!(concat!("../fonts/", $name));
                    Ok(bytes.into())
                })*
                other => Err(format!("{other} is not in the binary")),
            })
        };
    }
    carried!(
        "NotoSerifCJK-Regular.ttc" "NotoSerifCJK-Bold.ttc" "NotoSansCJK-Regular.ttc" "NotoSansCJK-Bold.ttc"
        "LXGWWenKai-Regular.ttf"
    )
    .map_err(|e| e.to_string())
}

#[cfg(not(feature = "embedded-fonts"))]
fn embedded() -> Result<Library, String> {
    Err("this build carries no fonts: name a directory with --fonts".into())
}
