//! The themes that come with the program, as their files' text.

use crate::base::{Words, words};

/// A theme that comes with the program.
#[derive(Clone, Copy, Debug)]
pub struct Builtin {
    pub name: &'static str,
    /// Its `theme.toml`.
    pub text: &'static str,
    /// It is made for vertical lines.
    pub vertical: bool,
    about: [&'static str; 2],
}

impl Builtin {
    pub fn about(&self) -> Words {
        words(self.about[0], self.about[1])
    }
}

/// The theme of an issue that names none, and the one that every other starts from in the end.
pub const DEFAULT: &str = "shan";

pub const BUILTIN: [Builtin; 4] = [
    Builtin {
        name: "shan",
        text: include_str!("../../assets/themes/shan/theme.toml"),
        vertical: false,
        about: [
            "山：现代月刊，三栏或两栏，大照片，重宋标题",
            "a modern monthly: three columns or two, strong photos, heavy Song titles",
        ],
    },
    Builtin {
        name: "jikan",
        text: include_str!("../../assets/themes/jikan/theme.toml"),
        vertical: false,
        about: [
            "集刊：党政与学术期刊，两栏，摘要、关键词、作者简介，素净",
            "a sober journal: two columns, abstract, keywords, notes on the authors",
        ],
    },
    Builtin {
        name: "wenyi",
        text: include_str!("../../assets/themes/wenyi/theme.toml"),
        vertical: false,
        about: [
            "文艺：文学期刊，宽栏，宋与楷，多留白",
            "a literary magazine: one wide column, Song and Kai, generous white",
        ],
    },
    Builtin {
        name: "zhi",
        text: include_str!("../../assets/themes/zhi/theme.toml"),
        vertical: true,
        about: [
            "直：直排刊物，上下分层，右装订，宋体正文，图说横排",
            "for vertical writing: tiers, bound at the right, Song text, captions across",
        ],
    },
];

pub fn builtin(name: &str) -> Option<&'static Builtin> {
    BUILTIN.iter().find(|b| b.name == name)
}
