//! docs/keys.md says what the program reads. `QIKAN_ACCEPT=1 cargo test --test keys` writes it anew.

use std::fs;

#[test]
fn the_reference_of_keys_is_that_of_the_program() {
    let made = qikan::press::key_reference();
    if std::env::var_os("QIKAN_ACCEPT").is_some() {
        fs::write("docs/keys.md", &made).expect("writes the reference");
    }
    let kept = fs::read_to_string("docs/keys.md").unwrap_or_default().replace("\r\n", "\n");
    assert!(kept == made, "docs/keys.md is not that of the program: QIKAN_ACCEPT=1 cargo test --test keys");
}
