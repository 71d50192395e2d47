//! The output intent: the condition that colours are meant for, with its profile (ISO 32000-1 §14.11.5).
//!
//! In: the profile's claims and printing condition. Out: one entry of OutputIntents, whose profile stream is in the file
//! once, whoever else refers to it.

use super::catalog;
use super::images::Profiles;
use crate::color::{FOGRA39, SRGB};
use crate::profile::{Claim, Condition, Profile};
use lopdf::{Dictionary, Document, Object, ObjectId, dictionary};

/// The profile of a printing condition.
pub fn condition(condition: &Condition) -> &[u8] {
    match condition {
        Condition::Fogra39 => FOGRA39,
        Condition::Own { icc, .. } => icc,
    }
}

/// PDF/A's intent is sRGB (ISO 19005-2 §6.2.3), PDF/X's the printing condition (ISO 15930-7 §6.2.2); a file that claims
/// neither has none.
pub fn set(document: &mut Document, profile: &Profile, profiles: &mut Profiles) {
    let intent = if profile.claims(Claim::PdfA2a) {
        let icc = profiles.stream(document, SRGB.to_vec(), 3);
        intent("GTS_PDFA1", "sRGB IEC61966-2.1", "sRGB IEC61966-2.1", icc)
    } else if profile.is_pdf_x() {
        let icc = profiles.stream(document, condition(&profile.condition).to_vec(), 4);
        press(&profile.condition, icc)
    } else {
        return;
    };
    catalog(document).set("OutputIntents", vec![intent.into()]);
}

/// A condition of the characterisation registry is named with the registry; a printer's own by its profile's name.
fn press(condition: &Condition, icc: ObjectId) -> Dictionary {
    match condition {
        Condition::Fogra39 => {
            let words = "Offset printing, ISO 12647-2:2004/Amd 1, paper type 1 or 2 (coated), 115 g/m2, FOGRA39L";
            let mut intent = intent("GTS_PDFX", "FOGRA39", words, icc);
            intent.set("RegistryName", Object::string_literal("http://www.color.org"));
            intent.set("OutputCondition", lopdf::text_string(words));
            intent
        }
        Condition::Own { name, .. } => intent("GTS_PDFX", "Custom", name, icc),
    }
}

fn intent(kind: &str, identifier: &str, info: &str, icc: ObjectId) -> Dictionary {
    dictionary! {
        "Type" => "OutputIntent", "S" => kind, "OutputConditionIdentifier" => lopdf::text_string(identifier),
        "Info" => lopdf::text_string(info), "DestOutputProfile" => icc,
    }
}
