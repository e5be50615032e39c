//! Whatever a person reads exists in both languages.

use std::borrow::Cow;

/// A language of the project.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Lang {
    /// English
    En,
    /// Chinese
    Zh,
}

impl Lang {
    /// Both languages, English first.
    pub const ALL: [Lang; 2] = [Lang::En, Lang::Zh];

    /// The short name that the command line uses.
    pub fn code(self) -> &'static str {
        match self {
            Lang::En => "en",
            Lang::Zh => "zh",
        }
    }
}

/// One text in both languages.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Text {
    en: Cow<'static, str>,
    zh: Cow<'static, str>,
}

/// A fixed text.
pub const fn text(en: &'static str, zh: &'static str) -> Text {
    Text { en: Cow::Borrowed(en), zh: Cow::Borrowed(zh) }
}

impl Text {
    /// A text made at run time, for instance by two `format!`.
    pub fn new(en: impl Into<Cow<'static, str>>, zh: impl Into<Cow<'static, str>>) -> Text {
        Text { en: en.into(), zh: zh.into() }
    }

    /// The same in both languages: a symbol, a number, a name.
    pub fn same(both: impl Into<String>) -> Text {
        let both = both.into();
        Text { en: Cow::Owned(both.clone()), zh: Cow::Owned(both) }
    }

    /// Each the [`same`](Text::same) in both languages.
    pub fn each(all: impl IntoIterator<Item = impl ToString>) -> Vec<Text> {
        all.into_iter().map(|both| Text::same(both.to_string())).collect()
    }

    /// Several behind each other, with a sign of each language between them.
    pub fn joined(all: &[Text], [en, zh]: [&str; 2]) -> Text {
        let join =
            |lang, between: &str| all.iter().map(|one| one.get(lang)).collect::<Vec<_>>().join(between);
        Text::new(join(Lang::En, en), join(Lang::Zh, zh))
    }

    /// Several as a list.
    pub fn list(all: &[Text]) -> Text {
        Text::joined(all, [", ", "、"])
    }

    /// Both languages, changed alike.
    #[must_use]
    pub fn map(&self, change: impl Fn(&str) -> String) -> Text {
        Text { en: Cow::Owned(change(&self.en)), zh: Cow::Owned(change(&self.zh)) }
    }

    /// The text in one language.
    pub fn get(&self, lang: Lang) -> &str {
        match lang {
            Lang::En => &self.en,
            Lang::Zh => &self.zh,
        }
    }
}
