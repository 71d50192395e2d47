//! The colophon and the tables of identity say the same: one fills the other.

use super::{Manifest, bad_identifier};
use crate::base::{Code, Diagnostic, Report, Span, words as say};
use crate::doc::{ean13, numbers};
use crate::read::words;

/// What the colophon says of the magazine and the issue fills what they don't; where both speak they must agree.
pub fn agree(out: &mut Manifest, report: &mut Report) {
    let Manifest { magazine, number, colophon, .. } = out;
    let one = |key: &str, field: &mut Option<String>, parse: fn(&str) -> Option<String>, report: &mut Report| {
        let Some((written, span)) = colophon.value(key) else { return };
        match (parse(written), field.as_ref()) {
            (None, _) => report.push(bad_identifier(key, written, span)),
            (Some(value), None) => *field = Some(value),
            (Some(value), Some(known)) if value != *known => report.push(conflict(written, known, span)),
            _ => {}
        }
    };
    let any = |t: &str| Some(t.to_string());
    one("issn", &mut magazine.issn, numbers::issn, report);
    one("cn", &mut magazine.cn, words::cn, report);
    one("postal_code", &mut magazine.postal_code, words::postal_code, report);
    one("foreign_code", &mut magazine.foreign_code, any, report);
    if let Some((written, span)) = colophon.value("isbn")
        && ean13(written.trim_start_matches("ISBN").trim()).is_none()
    {
        report.push(bad_identifier("isbn", written, span));
    }
    let year = |t: &str| t.chars().filter(char::is_ascii_digit).take(4).collect::<String>().parse().ok();
    magazine.founded = magazine.founded.or(colophon.value("founded").and_then(|(written, _)| year(written)));
    magazine.frequency = magazine.frequency.or(colophon.value("frequency").and_then(|(t, _)| words::frequency(t)));
    one("publisher", &mut magazine.publisher, any, report);
    one("website", &mut magazine.website, any, report);
    one("submission_email", &mut magazine.email, any, report);
    one("copyright", &mut magazine.rights, any, report);
    one("price", &mut number.price, any, report);
    if let Some((written, span)) = colophon.value("date")
        && let Ok(date) = written.parse()
    {
        match number.date {
            Some(known) if known != date => report.push(conflict(written, &known.to_string(), span)),
            _ => number.date = Some(date),
        }
    }
}

fn conflict(written: &str, known: &str, span: Span) -> Diagnostic {
    let message = say(
        format!("版权页写 {written}，清单里是 {known}"),
        format!("the colophon says {written}, the manifest {known}"),
    );
    Diagnostic::at(Code::ColophonConflict, span, message)
        .hint("改成一致，或只写一处", "make them agree, or write it once")
}
