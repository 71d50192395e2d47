//! The program as an editor runs it: issue directories in; files, words and exit codes out. What it wrote is read back
//! by lopdf, zip and quick-xml, and compared with the clauses and the manuscripts, not with what the code meant.

mod building {
    mod bad_input;
    mod checked;
    mod command;
    mod diff;
    mod epub;
    mod handover;
    mod import;
    mod issue;
    mod odd_books;
    mod own_fonts;
    mod pages;
    mod pdf;
    mod proof;
    mod same;
    mod sample;
    mod types;
}
