//! Languages (BCP 47) and what follows from them: a script's face and a set of conventions.

use std::str::FromStr;

/// The languages whose conventions are known. `zh-Hant` alone means Taiwan.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Lang {
    #[default]
    ZhHans,
    ZhHant,
    ZhHantHk,
    /// Traditional characters with mainland marks: mainland periodicals set in 繁体.
    ZhHantCn,
    Ja,
    En,
}

/// Which regional form of a Han character a face must give.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Script {
    Sc,
    Tc,
    Hk,
    Jp,
}

impl Script {
    /// The language whose forms of marks go with it, as shapers know it.
    pub const fn language(self) -> &'static str {
        match self {
            Script::Sc => "zh-Hans",
            Script::Tc => "zh-Hant",
            Script::Hk => "zh-Hant-HK",
            Script::Jp => "ja",
        }
    }
}

/// A row of the tables of marks, widths and prohibitions (clreq speaks of mainland and Taiwan/Hong Kong usage).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Convention {
    /// Mainland: marks at the lower left of their em, squeezed.
    Cn,
    /// Taiwan and Hong Kong: marks centred in their em, fixed.
    Tw,
    Ja,
}

impl Lang {
    pub const ALL: [Lang; 6] = [Lang::ZhHans, Lang::ZhHant, Lang::ZhHantHk, Lang::ZhHantCn, Lang::Ja, Lang::En];

    /// The tag as files carry it (RFC 5646).
    pub const fn tag(self) -> &'static str {
        match self {
            Lang::ZhHans => "zh-Hans",
            Lang::ZhHant => "zh-Hant",
            Lang::ZhHantHk => "zh-Hant-HK",
            Lang::ZhHantCn => "zh-Hant-CN",
            Lang::Ja => "ja",
            Lang::En => "en",
        }
    }
    pub const fn script(self) -> Script {
        match self {
            Lang::ZhHans | Lang::En => Script::Sc,
            Lang::ZhHant | Lang::ZhHantCn => Script::Tc,
            Lang::ZhHantHk => Script::Hk,
            Lang::Ja => Script::Jp,
        }
    }
    pub const fn convention(self) -> Convention {
        match self {
            Lang::ZhHans | Lang::ZhHantCn | Lang::En => Convention::Cn,
            Lang::ZhHant | Lang::ZhHantHk => Convention::Tw,
            Lang::Ja => Convention::Ja,
        }
    }
    pub const fn is_chinese(self) -> bool {
        matches!(self, Lang::ZhHans | Lang::ZhHant | Lang::ZhHantHk | Lang::ZhHantCn)
    }
    /// Whether its characters stand upright in vertical lines; words of Latin letters would all be turned.
    pub const fn goes_vertical(self) -> bool {
        self.is_chinese() || matches!(self, Lang::Ja)
    }
    pub const fn is_traditional(self) -> bool {
        matches!(self, Lang::ZhHant | Lang::ZhHantHk | Lang::ZhHantCn)
    }
}

impl FromStr for Lang {
    type Err = ();
    fn from_str(s: &str) -> Result<Lang, ()> {
        Ok(match s.to_ascii_lowercase().as_str() {
            "zh" | "zh-hans" | "zh-cn" | "zh-hans-cn" | "zh-sg" => Lang::ZhHans,
            "zh-hant" | "zh-tw" | "zh-hant-tw" => Lang::ZhHant,
            "zh-hant-hk" | "zh-hk" | "zh-mo" => Lang::ZhHantHk,
            "zh-hant-cn" => Lang::ZhHantCn,
            "ja" | "ja-jp" => Lang::Ja,
            "en" | "en-gb" | "en-us" => Lang::En,
            _ => return Err(()),
        })
    }
}

/// 注音, which Taiwan writes readings in.
pub fn is_bopomofo(c: char) -> bool {
    matches!(u32::from(c), 0x3105..=0x312F | 0x31A0..=0x31BF)
}
